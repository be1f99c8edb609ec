import type { ReactNode } from 'react';

/** One bar: what is counted, how often. `key` is unique in its table. */
export interface Bar {
  key: string;
  name: string;
  /** Shape beside the name. */
  shape?: ReactNode;
  count: number;
}

interface BarTableProps {
  title: string;
  nameHeading: string;
  countHeading: string;
  bars: readonly Bar[];
}

/** Counts as bars: the plot is the table, so that nothing is only seen. */
export function BarTable({ title, nameHeading, countHeading, bars }: BarTableProps) {
  const most = Math.max(1, ...bars.map(({ count }) => count));
  return (
    <table className="bar-table">
      <caption className="visually-hidden">{title}</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{nameHeading}</th>
          <th scope="col">{countHeading}</th>
        </tr>
      </thead>
      <tbody>
        {bars.map(({ key, name, shape, count }) => (
          <tr key={key}>
            <th scope="row">
              {shape}
              {name}
            </th>
            <td>
              <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                <rect className="bar" width={(100 * count) / most} height={10} />
              </svg>
              <span>{count}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
