/**
 * Who is let in: the browser of this machine, sent by our own page. Everything here is decided from headers; who is
 * signed in is another question (tickets.ts).
 *
 * A page on 127.0.0.1 can be reached by any site that is open in the same browser. Three things keep it out: a name that
 * resolves to us is not ours (DNS rebinding shows in Host), a write from elsewhere carries another Origin (RFC 6454), and
 * a browser says itself whether a request came from our page (Sec-Fetch-Site, W3C Fetch Metadata).
 */

export interface Knock {
  method: string;
  host: string | undefined;
  origin: string | undefined;
  /** Sec-Fetch-Site */
  site: string | undefined;
  /** Sec-Fetch-Dest */
  destination: string | undefined;
}

export interface Refusal {
  /** 421: the request was meant for another host (RFC 9110, section 15.5.20) */
  status: 421 | 403;
  why: string;
}

/** The page writes in no other way. */
const reads = new Set(['GET', 'HEAD']);

/** @param port on which the page is served */
export function refusalOf(knock: Knock, port: number): Refusal | null {
  const names = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (knock.host === undefined || !names.includes(knock.host))
    return { status: 421, why: 'this page answers to 127.0.0.1 and localhost only' };
  if (reads.has(knock.method)) return isTakenAsPart(knock) ? { status: 403, why: 'another site asked for this' } : null;
  if (knock.origin !== `http://${knock.host}`) return { status: 403, why: 'this did not come from the page itself' };
  if (knock.site !== undefined && knock.site !== 'same-origin')
    return { status: 403, why: 'this did not come from the page itself' };
  return null;
}

/** Another site may link to us, but not load anything of ours into itself. */
function isTakenAsPart({ site, destination }: Knock): boolean {
  return (site === 'cross-site' || site === 'same-site') && destination !== undefined && destination !== 'document';
}
