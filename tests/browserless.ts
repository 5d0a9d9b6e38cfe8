// A person without a browser: forms, cookies and redirects over plain HTTP, as a page without
// scripts sends them.

/** A small HTTP client that keeps cookies like a browser with one tab. */
export class Visitor {
  readonly base: string;
  readonly jar = new Map<string, string>();

  constructor(base: string) {
    this.base = base;
  }

  async send(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('accept', 'text/html,application/xhtml+xml');
    if (this.jar.size > 0)
      headers.set('cookie', [...this.jar].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(new URL(path, this.base), {
      ...init,
      headers,
      redirect: 'manual',
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (!name) continue;
      if (value === '' || /max-age=0/i.test(line)) this.jar.delete(name);
      else this.jar.set(name, value ?? '');
    }
    return response;
  }

  get(path: string): Promise<Response> {
    return this.send(path);
  }

  /** Posts a form the way a browser does: with the page's origin. */
  post(path: string, fields: Record<string, string>): Promise<Response> {
    return this.send(path, {
      method: 'POST',
      headers: { origin: this.base, 'sec-fetch-site': 'same-origin' },
      body: new URLSearchParams(fields),
    });
  }

  /** Signs in; answers the response of the form. */
  signIn(database: string, login: string, password: string): Promise<Response> {
    return this.post(`/web/login?db=${database}`, { login, password });
  }
}
