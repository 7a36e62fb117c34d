/**
 * Where a person signs in: the providers that are known by name, and what an issuer of one's own has to bring. Facts from
 * the providers' own pages for developers; no secret and no client id: each owner registers a client of her own.
 */
import type { SecretSource } from './secret.ts';

export const providerNames = ['google', 'microsoft', 'fastmail'] as const;
export type ProviderName = (typeof providerNames)[number];

/** How a mailbox signs in, as the configuration has it. Either `provider` or `issuer` is there. */
export interface OAuthSettings {
  provider: ProviderName | null;
  /** https address of an issuer that says its endpoints itself */
  issuer: string | null;
  clientId: string;
  clientSecret: SecretSource | null;
  /** of Microsoft alone: 'common', or the directory of a client that serves one alone */
  tenant: string;
  /** empty: those of the provider */
  scopes: readonly string[];
}

export interface Endpoints {
  authorization: string;
  token: string;
  /** null: no sign-in by a code typed elsewhere */
  device: string | null;
  /** null: tokens are not taken back there (RFC 7009) */
  revocation: string | null;
}

interface Provider {
  title: string;
  endpoints(tenant: string): Endpoints;
  scopes: readonly string[];
  /** added to the address that the browser is sent to */
  asked: Readonly<Record<string, string>>;
  /** the host that the provider lets the browser come back to, on any port */
  loopback: '127.0.0.1' | 'localhost';
  /** the scopes are named again when a token is renewed */
  namesScopesAgain: boolean;
}

const providers: Readonly<Record<ProviderName, Provider>> = {
  // https://developers.google.com/identity/protocols/oauth2/native-app; the device flow has no scope for mail
  google: {
    title: 'Google',
    endpoints: () => ({
      authorization: 'https://accounts.google.com/o/oauth2/v2/auth',
      token: 'https://oauth2.googleapis.com/token',
      device: null,
      revocation: 'https://oauth2.googleapis.com/revoke',
    }),
    scopes: ['https://mail.google.com/'],
    asked: { access_type: 'offline', prompt: 'consent' },
    loopback: '127.0.0.1',
    namesScopesAgain: false,
  },
  // https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow; of a public client the port of
  // http://localhost is free, that of http://127.0.0.1 is not
  microsoft: {
    title: 'Microsoft',
    endpoints: (tenant) => {
      const base = `https://login.microsoftonline.com/${encodeURIComponent(tenant)}/oauth2/v2.0`;
      return {
        authorization: `${base}/authorize`,
        token: `${base}/token`,
        device: `${base}/devicecode`,
        revocation: null,
      };
    },
    scopes: [
      'https://outlook.office.com/IMAP.AccessAsUser.All',
      'https://outlook.office.com/SMTP.Send',
      'offline_access',
    ],
    asked: {},
    loopback: 'localhost',
    namesScopesAgain: true,
  },
  // https://www.fastmail.com/dev/
  fastmail: {
    title: 'Fastmail',
    endpoints: () => ({
      authorization: 'https://api.fastmail.com/oauth/authorize',
      token: 'https://api.fastmail.com/oauth/refresh',
      device: null,
      revocation: 'https://api.fastmail.com/oauth/revoke',
    }),
    scopes: ['https://www.fastmail.com/dev/protocol-imap', 'https://www.fastmail.com/dev/protocol-smtp'],
    asked: {},
    loopback: '127.0.0.1',
    namesScopesAgain: false,
  },
};

/** What a sign-in needs to know; `endpoints` null: the issuer is asked for them. */
export interface SignInPlace {
  /** as a person knows it: 'Google', 'login.example.com' */
  title: string;
  /** by which a token is known to be of this place: the provider's name and tenant, or the issuer's address */
  id: string;
  issuer: string | null;
  endpoints: Endpoints | null;
  scope: string;
  asked: Readonly<Record<string, string>>;
  loopback: '127.0.0.1' | 'localhost';
  /** sent when a token is renewed; null: nothing is */
  scopeAgain: string | null;
}

export function placeOf({ provider, issuer, tenant, scopes }: OAuthSettings): SignInPlace {
  if (provider === null) {
    const address = issuer ?? '';
    const asked = { prompt: 'consent' };
    const own = { title: new URL(address).host, id: address, issuer: address, endpoints: null, asked };
    return { ...own, scope: scopes.join(' '), loopback: '127.0.0.1', scopeAgain: null };
  }
  const known = providers[provider];
  const scope = (scopes.length === 0 ? known.scopes : scopes).join(' ');
  return {
    title: known.title,
    id: provider === 'microsoft' ? `${provider}/${tenant}` : provider,
    issuer: null,
    endpoints: known.endpoints(tenant),
    scope,
    asked: known.asked,
    loopback: known.loopback,
    scopeAgain: known.namesScopesAgain ? scope : null,
  };
}
