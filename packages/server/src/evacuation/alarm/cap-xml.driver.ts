import { XMLBuilder } from 'fast-xml-parser';
import type { CapElement } from './cap.ts';

const builder = new XMLBuilder({ ignoreAttributes: false, suppressEmptyNode: true });

/** The XML of an `alert` element, UTF-8. Source: CAP 1.2, clause 3.4: its namespace. */
export const capXml = (alert: CapElement): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build({
    alert: { '@_xmlns': 'urn:oasis:names:tc:emergency:cap:1.2', ...alert },
  })}`;
