import type { EnquiryTrouble } from '@vigie/contracts/camera-enquiries';

/** Why a camera gave nothing, by the words of whoever tried: ours, FFmpeg's, Node's. The first that fits. */
const signs: readonly (readonly [RegExp, EnquiryTrouble])[] = [
  [/where no camera is looked for|cannot be opened; use/, 'forbidden'],
  [/ENOTFOUND|EAI_AGAIN/, 'name-unknown'],
  [/\b40[13]\b/, 'login'],
  [/\b404\b/, 'path'],
  [/\b3\d\d\b|redirect/i, 'elsewhere'],
  [/ECONNREFUSED|connection refused/i, 'refused'],
  [/ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|timed? ?out|unreachable|no route/i, 'silent'],
  [/no video/, 'no-video'],
  [/codec|decoder/i, 'codec'],
];

/** The trouble that the reason of a loss tells of. */
export const troubleOf = (reason: string): EnquiryTrouble =>
  signs.find(([sign]) => sign.test(reason))?.[1] ?? 'unreadable';
