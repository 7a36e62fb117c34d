/** The key of the facts table under which stands when the daemon came back after more than two days without a pass. */
export const gapEndedKey = 'gap-ended-at';
