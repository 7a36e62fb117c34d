/**
 * How a mailbox tells its servers who logs in: a password, or an access token that may be renewed. Fetched anew for each
 * connection; kept nowhere.
 */
import type { Login } from './hide.ts';

/** Asked for at every connection, so that a changed password or a short-lived token works. */
export type LoginWay =
  | { password: () => Promise<string>; token?: undefined }
  | {
      /** @param refused the token that the server has just refused; the same one again says that it cannot be helped */
      token: (refused?: string) => Promise<string>;
      password?: undefined;
      /** what the owner can do about a refusal, as a sentence */
      whenRefused: string;
    };

export async function loginOf({ user, ...way }: LoginWay & { user: string }): Promise<Login> {
  if (way.token === undefined) return { user, pass: await way.password() };
  return { user, pass: await way.token(), isToken: true, whenRefused: way.whenRefused };
}

/** After a refusal. @returns null when there is nothing else to show */
export async function otherLogin(way: LoginWay, refused: Login): Promise<Login | null> {
  if (way.token === undefined) return null;
  const pass = await way.token(refused.pass);
  return pass === refused.pass ? null : { ...refused, pass };
}
