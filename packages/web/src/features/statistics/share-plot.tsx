import { type KeyboardEvent, type PointerEvent, useId, useState } from 'react';
import { indexAt, labelled, movedBy, pathsOf, plotHeight, plotWidth, xOf } from './plot.ts';

interface SharePlotProps {
  title: string;
  /** 0..1; `null` where nothing is known. */
  shares: readonly (number | null)[];
  /** When a point is, in words. */
  timeOf: (index: number) => string;
  /** The same for the axis, short. */
  shortTimeOf: (index: number) => string;
  shareAt: (index: number) => string;
}

/**
 * A share over time. The pointer or the arrow keys choose a point, which is written above the plot; a screen reader hears it as
 * the value of a slider.
 */
export function SharePlot(props: SharePlotProps) {
  const { title, shares, timeOf, shareAt } = props;
  const count = shares.length;
  const [chosen, setChosen] = useState<number>();
  const last = count - 1;
  const index = Math.min(chosen ?? last, last);
  /** Who is at the newest stays there, also when another period is shown. */
  const choose = (at: number) => setChosen(at < last ? at : undefined);
  const nameId = useId();
  const onKeyDown = (event: KeyboardEvent) => {
    const moved = movedBy(event.key, index, count);
    if (moved === undefined) return;
    event.preventDefault();
    choose(moved);
  };
  const onPointerMove = ({ currentTarget, clientX }: PointerEvent) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    choose(indexAt((clientX - left) / width, count));
  };
  return (
    <div className="share-plot">
      <div className="share-plot-head">
        <strong id={nameId}>{title}</strong>
        <span className="small">
          <span className="quiet">{timeOf(index)}</span> <strong>{shareAt(index)}</strong>
        </span>
      </div>
      <div
        className="share-plot-frame"
        role="slider"
        tabIndex={0}
        aria-labelledby={nameId}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={index}
        aria-valuetext={`${timeOf(index)} : ${shareAt(index)}`}
        onKeyDown={onKeyDown}
        onPointerMove={onPointerMove}
        onPointerDown={onPointerMove}
      >
        <Drawing shares={shares} index={index} />
      </div>
      <TimeAxis {...props} />
    </div>
  );
}

function Drawing({ shares, index }: { shares: readonly (number | null)[]; index: number }) {
  const share = shares[index] ?? null;
  const x = xOf(index, shares.length);
  return (
    <svg viewBox={`0 0 ${plotWidth} ${plotHeight}`} preserveAspectRatio="none" aria-hidden="true">
      {[0, 0.5, 1].map((line) => (
        <line
          key={line}
          className="plot-grid"
          x1={0}
          x2={plotWidth}
          y1={plotHeight * line}
          y2={plotHeight * line}
        />
      ))}
      {pathsOf(shares).map(({ line, area }) => (
        <g key={line}>
          <path className="plot-area" d={area} />
          <path className="plot-line" d={line} />
        </g>
      ))}
      <line className="plot-cursor" x1={x} x2={x} y1={0} y2={plotHeight} />
      {share !== null && (
        <line
          className="plot-point"
          x1={x}
          x2={x}
          y1={plotHeight * (1 - share)}
          y2={plotHeight * (1 - share)}
        />
      )}
    </svg>
  );
}

const mostLabels = 5;

function TimeAxis({ shares, shortTimeOf }: SharePlotProps) {
  return (
    <div className="plot-axis" aria-hidden="true">
      {labelled(shares.length, mostLabels).map((index) => (
        <span key={index} style={{ left: `${(100 * index) / shares.length}%` }}>
          {shortTimeOf(index)}
        </span>
      ))}
    </div>
  );
}
