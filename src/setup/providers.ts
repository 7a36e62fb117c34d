/** Looks a provider up by the domain of an address, or by who takes its mail. Asks nobody. */
import { type Provider, providers, type UserForm } from './provider-table.ts';

export type { Provider, Server } from './provider-table.ts';

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

/** @returns undefined for a domain nobody here knows */
export function providerOf(address: string): Provider | undefined {
  const domain = domainOf(address);
  return providers.find(({ domains }) => domains.includes(domain));
}

/** @param exchanges names of the domain's MX, the preferred one first */
export function providerByMx(exchanges: readonly string[]): Provider | undefined {
  for (const exchange of exchanges.map((name) => name.toLowerCase().replace(/\.$/, ''))) {
    const found = providers.find(({ mx = [] }) => mx.some((end) => exchange === end || exchange.endsWith(`.${end}`)));
    if (found !== undefined) return found;
  }
  return undefined;
}

export function isProvidersHost(host: string): boolean {
  return providers.some(({ imap, smtp }) => imap.host === host || smtp.host === host);
}

/** @returns undefined for a code that only its owner knows */
export function userFor(address: string, form: UserForm = 'address'): string | undefined {
  if (form === 'code') return undefined;
  return form === 'local' ? address.slice(0, address.lastIndexOf('@')) : address;
}
