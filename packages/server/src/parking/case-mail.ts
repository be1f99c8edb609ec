import type { CaseNotice } from '@vigie/contracts/case-notice';
import { Language } from '@vigie/contracts/recipients';
import { type CaseText, caseText } from './case-words.ts';

/** A message as a mail program shows it. */
export interface MailText {
  subject: string;
  text: string;
  html: string;
}

/** The mail of a case, plain and HTML; `language` undefined: French, then English. */
export function caseMail(notice: CaseNotice, language: Language | undefined): MailText {
  const languages = language ? [language] : Language.options;
  const texts = languages.map((one) => ({ language: one, ...caseText(notice, one) }));
  const head = languages[0] === 'fr' ? 'Vigie, dossier' : 'Vigie, case';
  return {
    subject: `${head} ${notice.number} : ${texts.map(({ subject }) => subject).join(' / ')}`,
    text: `${texts.map(plain).join('\n\n-- \n\n')}\n`,
    html: page(texts.map((text) => section(text, notice.link))),
  };
}

type Section = CaseText & { language: Language };

const plain = ({ sentences, facts, hint, language }: Section): string =>
  [
    ...sentences,
    '',
    ...facts.map(({ label, value }) => `${label}${language === 'fr' ? ' : ' : ': '}${value}`),
    '',
    hint,
  ].join('\n');

const page = (sections: readonly string[]): string =>
  `<!doctype html>
<html><head><meta charset="utf-8"></head>
<body style="margin:0;padding:24px;font:16px/1.5 sans-serif;color:#1d2433;background:#ffffff">
${sections.join('\n<hr style="margin:28px 0;border:0;border-top:1px solid #d5d9e0">\n')}
</body></html>
`;

function section({ sentences, facts, hint, language }: Section, link: string | null): string {
  const paragraphs = sentences.map(
    (sentence) => `<p style="margin:0 0 8px">${escaped(sentence)}</p>`,
  );
  const rows = facts.map(({ label, value }) =>
    row(label, value === link ? anchor(value) : escaped(value)),
  );
  return `<div lang="${language}">
${paragraphs.join('\n')}
<table style="margin:16px 0;border-collapse:collapse">
${rows.join('\n')}
</table>
<p style="margin:0;color:#5a6372;font-size:14px">${escaped(hint)}</p>
</div>`;
}

const row = (label: string, value: string): string =>
  `<tr><th style="padding:3px 18px 3px 0;text-align:left;vertical-align:top;font-weight:600">${escaped(label)}</th><td style="padding:3px 0">${value}</td></tr>`;

const anchor = (address: string): string =>
  `<a href="${escaped(address)}" style="color:#1d4ed8">${escaped(address)}</a>`;

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
