import { setImmediate } from 'node:timers/promises';
import PdfDocument from 'pdfkit';
import qrcode from 'qrcode-generator';
import { cellAt, type Label, sheet } from './label-sheet.ts';

/** PDF counts in points. */
const mm = 72 / 25.4;

/** Side of the code with its quiet zone, and the space around it and the text. */
const codeMm = 31;
const gapMm = 3;
/** Modules left white around a code. Source: ISO/IEC 18004, 5.3.8. */
const quietModules = 4;

/** A PDF of A4 sheets, `sheet` says how they are divided. Between two pages others get their turn. */
export async function labelsPdf(labels: readonly Label[]): Promise<Buffer> {
  const document = new PdfDocument({ size: 'A4', margin: 0, autoFirstPage: false });
  document.info.Title = 'Vigie';
  const parts: Buffer[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    document.on('data', (part: Buffer) => void parts.push(part));
    document.on('end', resolve);
    document.on('error', reject);
  });
  let pages = 0;
  for (const [index, label] of labels.entries()) {
    const { page, xMm, yMm } = cellAt(index);
    if (page === pages) {
      await setImmediate();
      document.addPage();
      pages += 1;
    }
    draw(document, label, { xMm, yMm });
  }
  document.end();
  await ended;
  return Buffer.concat(parts);
}

interface Corner {
  xMm: number;
  yMm: number;
}

function draw(document: PDFKit.PDFDocument, label: Label, { xMm, yMm }: Corner): void {
  drawCode(document, label.url, { xMm: xMm + gapMm, yMm: yMm + (sheet.heightMm - codeMm) / 2 });
  const x = (xMm + gapMm + codeMm) * mm;
  const width = (sheet.widthMm - codeMm - 2 * gapMm) * mm;
  const line = (text: string, [fromTopMm, size, heightMm]: [number, number, number]) =>
    document
      .fontSize(size)
      .text(text, x, (yMm + fromTopMm) * mm, { width, height: heightMm * mm, ellipsis: true });
  document.fillColor('black').font('Helvetica-Bold');
  line(label.spaces, [6, 15, 6]);
  document.font('Helvetica');
  line(label.street, [13.5, 8.5, 7]);
  line('Durée et règle · Time and rule', [22, 6.5, 6]);
  line(label.bollardId, [29, 7, 3]);
}

/** Dark modules as runs of a row: half as much to write as single squares. */
function drawCode(document: PDFKit.PDFDocument, url: string, { xMm, yMm }: Corner): void {
  const code = qrcode(0, 'M');
  code.addData(url);
  code.make();
  const modules = code.getModuleCount();
  const side = (codeMm * mm) / (modules + 2 * quietModules);
  const at = (module: number, startMm: number) => startMm * mm + (quietModules + module) * side;
  for (let row = 0; row < modules; row++) {
    for (let from = 0; from < modules; from++) {
      let until = from;
      while (until < modules && code.isDark(row, until)) until++;
      if (until === from) continue;
      document.rect(at(from, xMm), at(row, yMm), (until - from) * side, side);
      from = until;
    }
  }
  document.fill('black');
}
