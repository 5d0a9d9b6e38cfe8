// The service `common`: which version answers, and who a program is.
import { isRefusal } from '../kernel/refusal.ts';
import { noteSignIn, recogniseProgram } from '../sign-in/programs.ts';
import { expect } from './arguments.ts';
import { VERSION } from './version.ts';
import { enterDatabase, type Visit } from './visit.ts';
import { WireError } from './wire-error.ts';

const ABOUT = 'Huis, a server of accounts and access. It speaks the protocols of Odoo 18.';

/** The number of the person, or false when login or password are wrong or were tried too often. */
async function authenticate(visit: Visit, [db, login, password]: readonly unknown[]) {
  const caller = await enterDatabase(visit, db);
  if (password === '' || password === false || password === null)
    throw new WireError('builtins.AssertionError', '', 422);
  if (typeof login !== 'string' || typeof password !== 'string') return false;
  const { protocol } = visit;
  const proof = { value: password, protocol, model: 'common', method: 'authenticate' };
  try {
    const member = await recogniseProgram(caller, visit.app.secret, { login }, proof);
    await noteSignIn(member);
    return member.person.id;
  } catch (error) {
    if (isRefusal(error, 'wrong_pair') || isRefusal(error, 'too_many_tries')) return false;
    throw error;
  }
}

/** Answers a method of `common`. Throws WireError for one it does not have. */
export async function greet(
  visit: Visit,
  method: string,
  args: readonly unknown[],
): Promise<unknown> {
  switch (method) {
    case 'version':
      expect('exp_version', args, []);
      return VERSION;
    case 'about':
      return args[0] ? [ABOUT, VERSION.server_version] : ABOUT;
    case 'set_loglevel':
      return true;
    case 'login':
      expect('exp_login', args, ['db', 'login', 'password']);
      return authenticate(visit, args);
    case 'authenticate':
      expect('exp_authenticate', args, ['db', 'login', 'password', 'user_agent_env']);
      return authenticate(visit, args);
    default:
      throw new WireError('builtins.Exception', `Method not found: ${method}`, 404);
  }
}
