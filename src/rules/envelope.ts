/**
 * What an envelope sender says of the mail it carried: a forwarder's or signer's address is undone to the sender behind
 * it, a list's and a mailing program's are told from a person's. Reads addresses only; what follows is decided in triage.
 */

/**
 * The sender behind an envelope address that a forwarder or a signer rewrote: `SRS0=h=t=firm.it=anna@fwd` is
 * anna@firm.it (SRS1 and Microsoft's `carla+SRS=h=t=firm.it=anna@fwd` likewise), `prvs=tag=anna@firm.it` (BATV) is
 * anna@firm.it, `anna+caf_=me=studio.it@gmail.com` (Gmail sending on) is anna@gmail.com. Others come back as they are.
 * @param address lower-cased
 */
export function unrewritten(address: string): string {
  // in each of them stands one
  if (!address.includes('=')) return address;
  const twice = /^srs1[=+-][^=]*=[^=]*==[^=]*=[^=]*=([^=]+)=(.+)@[^@]+$/.exec(address);
  if (twice !== null) return `${twice[2]}@${twice[1]}`;
  const once = /^(?:srs0[=+-]|[^@]{1,64}\+srs[=+-])[^=]*=[^=]*=([^=]+)=(.+)@[^@]+$/.exec(address);
  if (once !== null) return `${once[2]}@${once[1]}`;
  const sentOn = /^([^@+]+)\+caf_=[^@]*(@[^@]+)$/.exec(address);
  if (sentOn !== null) return `${sentOn[1]}${sentOn[2]}`;
  return /^(?:prvs|btv1|msprvs1)={1,2}[^=]*={1,2}(.+@[^@]+)$/.exec(address)?.[1] ?? address;
}

/** A forwarder's address that keeps nothing of the sender's (Microsoft 365). */
const namesNobody = /^bounces\+srs=/;

/** Managers of lists: Mailman, ezmlm, mlmmj, LISTSERV, Sympa, Yahoo and Google Groups, Lyris. */
const listsOwn =
  /^(?:owner-.|bounce-\d{2,}-\d+$|sentto-\d+-|(?:listserv|majordomo|mailman|sympa)$)|.(?:-(?:owner|bounces?|errors?)$|[-+]bounces?[-+=]|\+(?:owner|bounces?|bnc[\w=-]*)$|-return-\d)/;
/** Mailman before 2.1, and many a firm's office: a list's only where the mail answers nothing. */
const listsOrOffices = /^.+-admin$/;
/** Programs that count what comes back. */
const programsOwn =
  /^(?:bounces?(?:[-+._].*)?|returns?[-+]\d[^@]*|bounce-?back|returns?|return-?path|errors?|mail-?returns?|.*[-_.+]bounces?|[^@]*=[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,})$/;

export type EnvelopeKind = 'list' | 'program';

/**
 * Whose envelope it is. @param envelope undone by {@link unrewritten}, lower-cased @param from of the header
 * @returns undefined: a person's, as far as it shows
 */
export function envelopeKind(
  envelope: string,
  from: string,
  { isReply }: { isReply: boolean },
): EnvelopeKind | undefined {
  if (envelope === '' || envelope === from || namesNobody.test(envelope)) return undefined;
  const local = envelope.slice(0, Math.max(0, envelope.lastIndexOf('@')));
  if (listsOwn.test(local) || (!isReply && listsOrOffices.test(local))) return 'list';
  return programsOwn.test(local) ? 'program' : undefined;
}
