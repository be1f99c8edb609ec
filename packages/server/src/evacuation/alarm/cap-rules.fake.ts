import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An element of the schema: how often it comes, and what it may hold. */
interface Rule {
  name: string;
  least: 0 | 1;
  most: 1 | 'many';
  values?: readonly string[];
  pattern?: RegExp;
  children?: readonly Rule[];
}

const once = (name: string, more: Partial<Rule> = {}): Rule => ({
  name,
  least: 1,
  most: 1,
  ...more,
});
const maybe = (name: string, more: Partial<Rule> = {}): Rule => ({
  name,
  least: 0,
  most: 1,
  ...more,
});
const any = (name: string, more: Partial<Rule> = {}): Rule => ({
  name,
  least: 0,
  most: 'many',
  ...more,
});

/** No spaces, commas, `<` or `&`. Source: CAP 1.2, clause 3.2.1, identifier and sender. */
const token = /^[^\s,<&]+$/;
/** Never `Z`. Source: CAP 1.2, clause 3.3.2. */
const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d$/;
const sentence = /\S/;
const named = [once('valueName', { pattern: sentence }), once('value')];

const area: readonly Rule[] = [
  once('areaDesc', { pattern: sentence }),
  any('polygon'),
  any('circle'),
  any('geocode', { children: named }),
  maybe('altitude'),
  maybe('ceiling'),
];

const info: readonly Rule[] = [
  maybe('language', { pattern: /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/ }),
  {
    ...any('category'),
    least: 1,
    values: [
      'Geo',
      'Met',
      'Safety',
      'Security',
      'Rescue',
      'Fire',
      'Health',
      'Env',
      'Transport',
      'Infra',
      'CBRNE',
      'Other',
    ],
  },
  once('event', { pattern: sentence }),
  any('responseType', {
    values: [
      'Shelter',
      'Evacuate',
      'Prepare',
      'Execute',
      'Avoid',
      'Monitor',
      'Assess',
      'AllClear',
      'None',
    ],
  }),
  once('urgency', { values: ['Immediate', 'Expected', 'Future', 'Past', 'Unknown'] }),
  once('severity', { values: ['Extreme', 'Severe', 'Moderate', 'Minor', 'Unknown'] }),
  once('certainty', { values: ['Observed', 'Likely', 'Possible', 'Unlikely', 'Unknown'] }),
  maybe('audience'),
  any('eventCode', { children: named }),
  maybe('effective', { pattern: dateTime }),
  maybe('onset', { pattern: dateTime }),
  maybe('expires', { pattern: dateTime }),
  maybe('senderName', { pattern: sentence }),
  maybe('headline', { pattern: sentence }),
  maybe('description'),
  maybe('instruction'),
  maybe('web', { pattern: /^https?:\/\/\S+$/ }),
  maybe('contact'),
  any('parameter', { children: named }),
  any('resource', {
    children: [
      once('resourceDesc'),
      once('mimeType'),
      maybe('size'),
      maybe('uri'),
      maybe('derefUri'),
      maybe('digest'),
    ],
  }),
  any('area', { children: area }),
];

const alert: readonly Rule[] = [
  once('identifier', { pattern: token }),
  once('sender', { pattern: token }),
  once('sent', { pattern: dateTime }),
  once('status', { values: ['Actual', 'Exercise', 'System', 'Test', 'Draft'] }),
  once('msgType', { values: ['Alert', 'Update', 'Cancel', 'Ack', 'Error'] }),
  maybe('source'),
  once('scope', { values: ['Public', 'Restricted', 'Private'] }),
  maybe('restriction', { pattern: sentence }),
  maybe('addresses', { pattern: sentence }),
  any('code'),
  maybe('note'),
  maybe('references', { pattern: /^[^\s,<&]+,[^\s,<&]+,\S+( [^\s,<&]+,[^\s,<&]+,\S+)*$/ }),
  maybe('incidents', { pattern: sentence }),
  any('info', { children: info }),
];

type Node = Record<string, unknown>;
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  parseTagValue: false,
});
const flat = new XMLParser({ parseTagValue: false });

/** The simple elements of an alert by name. */
export const capOf = (xml: string): Record<string, string> =>
  (flat.parse(xml) as { alert: Record<string, string> }).alert;

/**
 * What breaks the rules of the standard, in words; none for a good message.
 * Source: OASIS Common Alerting Protocol 1.2, clauses 3.2 (elements), 3.3 (times) and 3.4 (schema).
 */
export function capFaults(xml: string): string[] {
  const wellFormed = XMLValidator.validate(xml);
  if (wellFormed !== true) return [wellFormed.err.msg];
  const root = (parser.parse(xml) as Node[]).find((node) => 'alert' in node);
  if (!root) return ['no alert element'];
  const namespace = (root[':@'] as Record<string, string> | undefined)?.['@_xmlns'];
  return [
    ...(namespace === 'urn:oasis:names:tc:emergency:cap:1.2' ? [] : [`namespace ${namespace}`]),
    ...faultsIn(root.alert as Node[], alert, 'alert'),
    ...dependencies(capOf(xml)),
  ];
}

/** What one element asks of another. Source: CAP 1.2, clause 3.2.1. */
function dependencies(of: Record<string, string>): string[] {
  const asks: [boolean, string][] = [
    [['Update', 'Cancel', 'Ack', 'Error'].includes(of.msgType ?? ''), 'references'],
    [of.scope === 'Restricted', 'restriction'],
    [of.scope === 'Private', 'addresses'],
  ];
  return asks.flatMap(([isAsked, name]) => (isAsked && !of[name] ? [`${name} is missing`] : []));
}

function faultsIn(children: readonly Node[], rules: readonly Rule[], path: string): string[] {
  const elements = children.filter((node) => !('#text' in node));
  const names = elements.map((node) => Object.keys(node).find((key) => key !== ':@') ?? '');
  const places = names.map((name) => rules.findIndex((rule) => rule.name === name));
  const order = places.flatMap((place, i) => {
    if (place < 0) return [`${path}: ${names[i]} is no element here`];
    return i > 0 && place < (places[i - 1] ?? 0) ? [`${path}: ${names[i]} comes too late`] : [];
  });
  const counts = rules.flatMap(({ name, least, most }) => {
    const count = names.filter((one) => one === name).length;
    return count < least || (most === 1 && count > 1) ? [`${path}: ${count} times ${name}`] : [];
  });
  const contents = elements.flatMap((node, i) => {
    const rule = rules[places[i] ?? -1];
    return rule ? faultsOf(node[rule.name] as Node[], rule, `${path}/${rule.name}`) : [];
  });
  return [...order, ...counts, ...contents];
}

function faultsOf(content: readonly Node[], rule: Rule, path: string): string[] {
  if (rule.children) return faultsIn(content, rule.children, path);
  const text = content.map((node) => String(node['#text'] ?? '')).join('');
  const isWrong =
    (rule.values && !rule.values.includes(text)) || (rule.pattern && !rule.pattern.test(text));
  return isWrong ? [`${path}: "${text}"`] : [];
}
