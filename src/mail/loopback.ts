/** Whether a host is this machine: the only place where mail may be talked in clear text. Resolves no names. */

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}
