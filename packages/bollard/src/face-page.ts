import type { Face } from '@vigie/contracts/parking-stage';
import { screenLookOf } from '@vigie/palette';

/** What stands under the sign, French and English. */
const words: Readonly<Record<Face['kind'], readonly [fr: string, en: string]>> = {
  day: ['Jour', 'Day'],
  overstay: ['Durée dépassée', 'Over time'],
  free: ['Place libre', 'Free space'],
  unknown: ['État inconnu', 'Unknown'],
  fault: ['En panne', 'Out of order'],
  waiting: ['En attente', 'Waiting'],
};

/** A face as one line of HTML for the page; `display.css` of the palette draws it. */
export function faceHtml(face: Face): string {
  const { sign, fill, ink, kept } = screenLookOf(face);
  const style = [
    fill && `--display-fill:${fill}`,
    ink && `--display-ink:${ink}`,
    kept && `--display-kept:${kept}`,
    `--display-letters:${Math.max(1, sign.length)}`,
  ];
  const [fr, en] = words[face.kind];
  return [
    `<div class="display display-${face.kind}${kept ? ' display-keeps' : ''}"`,
    ` style="${escaped(style.filter(Boolean).join(';'))}">`,
    `<strong class="display-sign">${escaped(sign)}</strong>`,
    `<span class="display-word">${fr} <span class="display-word-second">· ${en}</span></span>`,
    kept ? '<span class="display-kept"></span>' : '',
    '</div>',
  ].join('');
}

/** The whole page, with the face of now; nothing in it comes from elsewhere. */
export const pageHtml = (face: Face): string => `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Borne</title>
<link rel="stylesheet" href="/display.css">
<link rel="icon" href="data:,">
<script type="module" src="/live.js"></script>
</head>
<body>
<main aria-live="polite">${faceHtml(face)}</main>
<p class="display-note" role="status" hidden>Programme arrêté · Program stopped</p>
</body>
</html>
`;

/** Takes the faces as they come; `EventSource` comes back by itself when the program does. */
export const liveScript = `const face = document.querySelector('main');
const note = document.querySelector('.display-note');
const line = new EventSource('/events');
line.onmessage = ({ data }) => { face.innerHTML = data; };
line.onopen = () => { note.hidden = true; };
line.onerror = () => { note.hidden = false; };
`;

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
