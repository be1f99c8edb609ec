/** What a template may name in braces. */
export type Blanks = Readonly<Record<'to' | 'text' | 'id', string>>;

/** `{to}`, `{text}` and `{id}` in the texts of a JSON value, at any depth; keys stay as they are. */
export function fillTemplate(template: unknown, blanks: Blanks): unknown {
  if (typeof template === 'string') return filled(template, (name) => blanks[name]);
  if (Array.isArray(template)) return template.map((part) => fillTemplate(part, blanks));
  if (typeof template !== 'object' || template === null) return template;
  const entries = Object.entries(template);
  return Object.fromEntries(entries.map(([key, part]) => [key, fillTemplate(part, blanks)]));
}

/** The same in an address, where every blank is percent-encoded. */
export const fillAddress = (address: string, blanks: Blanks): string =>
  filled(address, (name) => encodeURIComponent(blanks[name]));

const filled = (text: string, blank: (name: keyof Blanks) => string): string =>
  text.replaceAll(/\{(to|text|id)\}/g, (_, name: keyof Blanks) => blank(name));
