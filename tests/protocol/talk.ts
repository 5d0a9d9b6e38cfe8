// Two ways to say the same to a service: each story is told once and run over both.
import xmlrpc from 'xmlrpc';

/** An error as either protocol tells it. */
export class Told extends Error {
  readonly code: number | string;
  /** Python class; XML-RPC tells it in fault 1 alone. */
  readonly kind: string | null;

  constructor(code: number | string, text: string, kind: string | null) {
    super(text);
    this.code = code;
    this.kind = kind;
  }
}

export interface Talk {
  name: string;
  /** Throws Told. A result of None is `null` here, whatever the protocol makes of it. */
  call(service: string, method: string, args: unknown[]): Promise<unknown>;
}

const NONE = 'TypeError: cannot marshal None unless allow_none is enabled';

let counted = 0;

export function overJson(url: string): Talk {
  return {
    name: 'JSON-RPC',
    async call(service, method, args) {
      const id = (counted += 1);
      const answer = await fetch(`${url}/jsonrpc`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          jsonrpc: '2.0',
          id,
          method: 'call',
          params: { service, method, args },
        }),
      });
      const body = (await answer.json()) as {
        id: number;
        result?: unknown;
        error?: { code: number; data: { name: string; message: string } };
      };
      if (body.error)
        throw new Told(body.error.code, body.error.data.message, body.error.data.name);
      if (body.id !== id) throw new Error('another id came back');
      return body.result ?? null;
    },
  };
}

export function overXml(url: string): Talk {
  return {
    name: 'XML-RPC',
    call: (service, method, args) =>
      new Promise((resolve, reject) => {
        const client = xmlrpc.createClient({ url: `${url}/xmlrpc/2/${service}` });
        client.methodCall(method, args, (error, value) => {
          if (!error) return resolve(value);
          const { faultCode, faultString } = error;
          if (faultCode === undefined || faultString === undefined) return reject(error);
          if (faultString.trimEnd().endsWith(NONE)) return resolve(null);
          reject(new Told(faultCode, faultString, null));
        });
      }),
  };
}
