/** A model file whose contents we know. */
export interface KnownModel {
  readonly name: string;
  readonly sha256: string;
  readonly licence: string;
  /** where the very same bytes can be fetched; `undefined`: nowhere that is known to last */
  readonly url?: string;
}

const YOLOV8 = 'AGPL-3.0 (weights of Ultralytics)';

/**
 * Files with which the figures in docs/ were measured. An export of one's own is as good, but has other bytes.
 * Source of the download: the repository Kazuhito00/YOLOX-ONNX-TFLite-Sample at a fixed commit; an export of Megvii's weights.
 */
export const knownModels: readonly KnownModel[] = [
  {
    name: 'yolov8n.onnx',
    sha256: '865f72c2f0e9e96eb9c7bd301f5039387797649a2fa9cd81de484d8ca62932d3',
    licence: YOLOV8,
  },
  {
    name: 'yolov8n-384x640.onnx',
    sha256: 'a07f6f8f25f9bc3314aaecbd5dc03a69f4bafefc13bed85a7197c78ca3989d63',
    licence: YOLOV8,
  },
  {
    name: 'yolov8n-int8.onnx',
    sha256: '77eb60e54bdd14b6d71b36703d0f8a1094ae625eeb59cfe4a2345c79aeb2d1f6',
    licence: YOLOV8,
  },
  {
    name: 'yolov8n-int8-384x640.onnx',
    sha256: '805011a402ef8441fb8513c196f829a88f24df286dfa5a9a4f341572001f8b26',
    licence: YOLOV8,
  },
  {
    name: 'yolov8n-int8-736x1280.onnx',
    sha256: 'c2d71c7dd29182900325e2e969b9e4003c3cf5e825be159892ed078d79406b4a',
    licence: YOLOV8,
  },
  {
    name: 'yolov8s-int8.onnx',
    sha256: '21a3a26330a3cc358ba1a470d67e4cc45096db251afc26949415b13335584607',
    licence: YOLOV8,
  },
  {
    name: 'yolov8s-int8-384x640.onnx',
    sha256: '713c869e57b1392609183badd81c24e0dd87be6ea9fb6df0b3cf3aef92eba2e2',
    licence: YOLOV8,
  },
  {
    name: 'yolox_nano.onnx',
    sha256: '695e750a5d5754bb5a8d5325643b59282191a7e7a564e435a415fd3c578eab14',
    licence: 'Apache-2.0',
    url: 'https://raw.githubusercontent.com/Kazuhito00/YOLOX-ONNX-TFLite-Sample/3d4f1119d0694200671c08069ecb847aa0d8495a/model/yolox_nano.onnx',
  },
];

/** A file as its hash tells: `known`, `renamed` (known under another name), `other` (another file of a known name), `unknown`. */
export type Standing =
  | { readonly is: 'known' | 'renamed'; readonly model: KnownModel }
  | { readonly is: 'other' | 'unknown' };

/** What is known of a file with this name and hash (64 hexadecimal digits, small letters). */
export function standingOf(name: string, sha256: string): Standing {
  const model = knownModels.find((known) => known.sha256 === sha256);
  if (model) return { is: model.name === name ? 'known' : 'renamed', model };
  return { is: knownModels.some((known) => known.name === name) ? 'other' : 'unknown' };
}
