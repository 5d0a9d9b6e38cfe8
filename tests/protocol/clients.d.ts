// What we use of clients that bring no types.
declare module 'xmlrpc' {
  interface Client {
    methodCall(
      method: string,
      params: unknown[],
      callback: (
        error: (Error & { faultCode?: number; faultString?: string }) | null,
        value: unknown,
      ) => void,
    ): void;
  }
  const xmlrpc: {
    createClient(options: { url: string; headers?: Record<string, string> }): Client;
  };
  export default xmlrpc;
}

declare module 'odoo-xmlrpc' {
  type Callback = (error: { message: string; faultString?: string } | null, value: unknown) => void;
  export default class Odoo {
    constructor(config: {
      url: string;
      port?: number;
      db: string;
      username: string;
      password: string;
    });
    connect(callback: Callback): void;
    execute_kw(model: string, method: string, params: unknown[], callback: Callback): void;
  }
}
