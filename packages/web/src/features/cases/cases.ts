import type { Message } from '@vigie/contracts/notifications';
import type { Case, CaseStatus } from '@vigie/contracts/parking';
import type { ChainLink } from '@vigie/contracts/recipients';

/** Parts of the list, in the order in which they need somebody. */
export const caseGroups = ['todo', 'running', 'found', 'closed'] as const;
export type CaseGroup = (typeof caseGroups)[number];

const groupOf: Record<CaseStatus, CaseGroup> = {
  open: 'todo',
  sent: 'todo',
  acknowledged: 'running',
  inspecting: 'running',
  stolen: 'found',
  wreck: 'found',
  nuisance: 'found',
  legitimate: 'found',
  gone: 'found',
  'sensor-error': 'found',
  closed: 'closed',
};

/** `true` while somebody has still to do something. */
export const isRunning = ({ status }: Case): boolean => status !== 'closed';

/** The cases by group: the longest parked first; among the closed, the newest number first. */
export function groupCases(cases: readonly Case[]): Record<CaseGroup, Case[]> {
  const groups: Record<CaseGroup, Case[]> = { todo: [], running: [], found: [], closed: [] };
  for (const one of cases) groups[groupOf[one.status]].push(one);
  for (const group of ['todo', 'running', 'found'] as const) {
    groups[group].sort((a, b) => Date.parse(a.since) - Date.parse(b.since) || a.number - b.number);
  }
  groups.closed.sort((a, b) => b.number - a.number);
  return groups;
}

/** What was established about a case, the latest word; `undefined`: nothing yet. */
export const outcomeOf = ({ steps }: Case): CaseStatus | undefined =>
  steps.findLast(({ status }) => groupOf[status] === 'found')?.status;

/** A list with one case replaced, or added. */
export function withCase(cases: readonly Case[], changed: Case): Case[] {
  const at = cases.findIndex(({ id }) => id === changed.id);
  return at === -1 ? [...cases, changed] : cases.with(at, changed);
}

/** What a person can do next. */
export interface NextSteps {
  /** The step that is simply next: one tap. */
  direct: 'acknowledged' | 'inspecting' | undefined;
  /** What may be established on site. */
  findings: CaseStatus[];
  canClose: boolean;
}

/** Sorts the allowed steps; `open` and `sent` are the server's own and are never offered. */
export function nextStepsOf(next: readonly CaseStatus[]): NextSteps {
  return {
    direct: (['acknowledged', 'inspecting'] as const).find((step) => next.includes(step)),
    findings: next.filter((step) => groupOf[step] === 'found'),
    canClose: next.includes('closed'),
  };
}

/** A recipient and what was written to him, oldest first. */
export interface ToldLink {
  link: ChainLink;
  messages: Message[];
}

/** The zone's chain in its order, each with its messages; then who was told and is no longer of it. */
export function toldLinks({ chain, messages }: Pick<Case, 'chain' | 'messages'>): ToldLink[] {
  const linkOf = ({ channel, recipient, recipientName }: Message): ChainLink => ({
    channel,
    address: recipient,
    name: recipientName,
  });
  const keyOf = ({ channel, address }: ChainLink) => `${channel} ${address}`;
  const links = new Map([...messages.map(linkOf), ...chain].map((link) => [keyOf(link), link]));
  const byLink = Map.groupBy(messages, (message) => keyOf(linkOf(message)));
  const inOrder = new Set([...chain.map(keyOf), ...links.keys()]);
  return [...inOrder].flatMap((key) => {
    const link = links.get(key);
    return link ? [{ link, messages: byLink.get(key) ?? [] }] : [];
  });
}
