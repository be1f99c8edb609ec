import { useReducedMotion } from '@mantine/hooks';
import { type LampFace, type Light, lightAt, seenAs, type Vision } from '@vigie/palette';
import { useEffect, useState } from 'react';
import './palette.css';

const frameMs = 40;

/** A moment of each face that shows what it is, for people whose screens stand still. Milliseconds as `lightAt` takes. */
const tellingMs: Record<LampFace['kind'], number> = {
  day: 0,
  unknown: 0,
  waiting: 0,
  overstay: 0,
  free: 3000,
  fault: 0,
};

/** The coloured lamp of a bollard, as these eyes see it. Words stand beside it. */
export function Lamp({ face, vision }: { face: LampFace; vision: Vision }) {
  const light = hexOf(useLight(face));
  return (
    <span className="lamp" aria-hidden>
      <span
        className={`lamp-light${light === '#000000' ? ' lamp-dark' : ''}`}
        style={{ backgroundColor: seenAs(light, vision), color: seenAs(light, vision) }}
      />
    </span>
  );
}

/** The light of now; a day's colour is steady, and needs no clock. */
function useLight(face: LampFace): Light {
  const still = useReducedMotion();
  const [ms, setMs] = useState(() => Date.now());
  const moves = face.kind !== 'day' && !still;
  useEffect(() => {
    if (!moves) return;
    const timer = setInterval(() => setMs(Date.now()), frameMs);
    return () => clearInterval(timer);
  }, [moves]);
  return lightAt(face, moves ? ms : tellingMs[face.kind]);
}

const hexOf = (light: Light): string =>
  `#${light.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
