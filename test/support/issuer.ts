/**
 * A real authorisation server on this machine, and the person at the browser who signs in there. Public clients as Google
 * and Microsoft register them: PKCE, loopback redirects, device codes, refresh tokens that are replaced at each use, and a
 * family that is revoked when an old one comes back.
 */
import { generateKeyPairSync } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider, type Configuration } from 'oidc-provider';

export interface Issuer {
  address: string;
  /** of the key that access tokens are signed with */
  publicPem: string;
  /** answers of the token endpoint that gave something */
  grants: number;
  /** seconds that an access token lives; read at each grant */
  lifetime: number;
  /** answers the token endpoint in its place while it is there; null: answer as usual */
  answerToken: ((response: ServerResponse) => boolean) | null;
  /** requests to the token endpoint */
  asked: number;
  /** ends every sign-in of the account */
  revokeAll(): Promise<void>;
  /** what a sign-in of that person ends with, without the pages */
  give(user: string): Promise<{ accessToken: string; refreshToken: string }>;
  /** who is behind an access token; null: it is good for nothing */
  accountOf(accessToken: string): Promise<string | null>;
  stop(): Promise<void>;
}

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });

export const clientId = 'paletti';
export const dovecotClient = { id: 'dovecot', secret: 'dovecot-secret' };

/** @param options.jwt access tokens that a server can check by itself; otherwise they are asked about */
export async function startIssuer(
  options: { jwt?: boolean; lifetime?: number; secret?: string } = {},
): Promise<Issuer> {
  const { privateKey, publicKey } = keys;
  const key = { ...privateKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256', use: 'sig' };
  let handle: (request: IncomingMessage, response: ServerResponse) => unknown = (_, response) => response.end();
  const server = createServer((request, response) => {
    const isToken = request.url === '/token';
    if (isToken) issuer.asked += 1;
    if (isToken && issuer.answerToken?.(response) === true) return;
    handle(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer: Issuer = {
    address,
    publicPem: publicKey.export({ format: 'pem', type: 'spki' }) as string,
    grants: 0,
    asked: 0,
    lifetime: options.lifetime ?? 3600,
    answerToken: null,
    revokeAll: async () => {
      for (const id of grantIds) await (await provider.Grant.find(id))?.destroy();
    },
    give: async (user) => {
      const scope = 'openid offline_access mail';
      const grant = new provider.Grant({ accountId: user, clientId });
      grant.addOIDCScope(scope);
      grant.addResourceScope('urn:mail', 'mail');
      const grantId = await grant.save();
      grantIds.add(grantId);
      const client = await provider.Client.find(clientId);
      const facts = { accountId: user, client, grantId, scope, gty: 'authorization_code', claims: {} };
      const whose = (options.jwt === true ? { ...facts, resource: 'urn:mail' } : facts) as never;
      const [accessToken, refreshToken] = [new provider.AccessToken(whose), new provider.RefreshToken(whose)];
      return { accessToken: await accessToken.save(), refreshToken: await refreshToken.save() };
    },
    accountOf: (token) => accountOf(address, token),
    stop: () =>
      new Promise((done) => {
        if (!server.listening) return done();
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  const provider = new Provider(address, configurationOf({ ...options, key, lifetime: () => issuer.lifetime }));
  const grantIds = new Set<string>();
  provider.on('grant.success', (context) => {
    issuer.grants += 1;
    const { grantId } = (context.oidc.entities.RefreshToken ?? context.oidc.entities.AccessToken ?? {}) as {
      grantId?: string;
    };
    if (grantId !== undefined) grantIds.add(grantId);
  });
  handle = provider.callback();
  return issuer;
}

interface Facts {
  jwt?: boolean;
  secret?: string;
  key: object;
  lifetime(): number;
}

function configurationOf({ jwt = false, secret, key, lifetime }: Facts): Configuration {
  const day = 86_400;
  return {
    clients: [
      {
        client_id: clientId,
        application_type: 'native',
        ...(secret === undefined
          ? { token_endpoint_auth_method: 'none' }
          : { token_endpoint_auth_method: 'client_secret_post', client_secret: secret }),
        redirect_uris: ['http://127.0.0.1'],
        grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
        response_types: ['code'],
      },
      {
        client_id: dovecotClient.id,
        client_secret: dovecotClient.secret,
        redirect_uris: [],
        grant_types: [],
        response_types: [],
      },
    ],
    jwks: { keys: [key] },
    scopes: ['openid', 'offline_access', 'mail'],
    pkce: { required: () => true },
    rotateRefreshToken: () => true,
    issueRefreshToken: async () => true,
    ttl: {
      AccessToken: lifetime,
      RefreshToken: 14 * day,
      AuthorizationCode: 60,
      DeviceCode: 300,
      Grant: 14 * day,
      Session: day,
      Interaction: 600,
      IdToken: 600,
    },
    features: {
      devInteractions: { enabled: true },
      deviceFlow: { enabled: true },
      introspection: { enabled: true, allowedPolicy: () => true },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => (jwt ? 'urn:mail' : []),
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: 'mail',
          audience: 'urn:mail',
          accessTokenFormat: 'jwt',
          accessTokenTTL: lifetime(),
          jwt: { sign: { alg: 'RS256', kid: 'k1' } },
        }),
      },
    },
    findAccount: (_context: unknown, id: string) => ({ accountId: id, claims: () => ({ sub: id }) }),
    // Dovecot 2.3 knows no other type.
    formats: {
      customizers: {
        jwt: (_context: unknown, _token: unknown, parts: Jwt) => {
          parts.header = { ...parts.header, typ: 'JWT' };
        },
      },
    },
    cookies: { keys: ['throw-away'] },
    renderError: (context: { type: string; body: string }, out: object) => {
      context.type = 'text';
      context.body = JSON.stringify(out);
    },
  } as unknown as Configuration;
}

interface Jwt {
  header: object;
}

async function accountOf(address: string, token: string): Promise<string | null> {
  const { id, secret } = dovecotClient;
  const answer = await fetch(`${address}/token/introspection`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${id}:${secret}`)}` },
    body: new URLSearchParams({ token }),
  });
  const { active, sub } = (await answer.json()) as { active: boolean; sub?: string };
  return active ? (sub ?? null) : null;
}

/**
 * The person in the browser: follows the pages, signs in, agrees, and comes back to whoever waits on this machine.
 * @returns what the last page said
 */
export async function personAtBrowser(start: string, user: string, issuer: string): Promise<string> {
  const jar = new Map<string, string>();
  let [next, body]: [string, URLSearchParams | undefined] = [start, undefined];
  for (let pages = 0; pages < 20; pages += 1) {
    if (!next.startsWith(issuer)) return (await fetch(next)).text();
    const answer: Response = await fetch(next, {
      redirect: 'manual',
      method: body === undefined ? 'GET' : 'POST',
      ...(body === undefined ? {} : { body }),
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      jar.set(name, value);
    }
    const location = answer.headers.get('location');
    const html = await answer.text();
    const action = /<form[^>]*action="([^"]+)"/.exec(html)?.[1];
    if (location === null && action === undefined) return html;
    body = location === null ? fieldsOf(html, user) : undefined;
    next = new URL(location ?? (action as string), next).href;
  }
  throw new Error('the sign-in page has no end');
}

function fieldsOf(html: string, user: string): URLSearchParams {
  const fields = [...html.matchAll(/<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)];
  const hidden = Object.fromEntries(fields.map((field) => [field[1] as string, field[2] as string]));
  const isLogin = /name="prompt" value="login"/.test(html);
  return new URLSearchParams({ ...hidden, ...(isLogin ? { login: user, password: 'x' } : {}) });
}
