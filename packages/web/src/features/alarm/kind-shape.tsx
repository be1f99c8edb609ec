import IconFlame from '@tabler/icons-react/icons/IconFlame';
import IconRun from '@tabler/icons-react/icons/IconRun';
import IconTestPipe from '@tabler/icons-react/icons/IconTestPipe';
import type { IncidentKind } from '@vigie/contracts/evacuation';

const shapes = { fire: IconFlame, drill: IconRun, test: IconTestPipe };

/** Each kind of incident has a shape of its own, besides its word and colour. */
export function KindShape({ kind, size }: { kind: IncidentKind; size: number }) {
  const Shape = shapes[kind];
  return <Shape size={size} aria-hidden />;
}
