import { readFile } from 'node:fs/promises';
import {
  create,
  createFileRegistry,
  type DescMessage,
  fromBinary,
  type Message,
  toBinary,
} from '@bufbuild/protobuf';
import {
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  FileDescriptorProtoSchema,
} from '@bufbuild/protobuf/wkt';
import { ModelUnusable } from '../detector/models.driver.ts';
import type { OnnxModel } from './onnx-model.ts';

/**
 * The messages of an ONNX file that are read or written, each field as `number type name`, `[]` where it repeats. Fields that
 * are not named here are kept as they came.
 * Source: onnx.proto3 of the Open Neural Network Exchange, Apache-2.0.
 */
const MESSAGES: Readonly<Record<string, readonly string[]>> = {
  ModelProto: [
    '1 int64 ir_version',
    '7 GraphProto graph',
    '8 OperatorSetIdProto opset_import[]',
    '14 StringStringEntryProto metadata_props[]',
  ],
  OperatorSetIdProto: ['1 string domain', '2 int64 version'],
  StringStringEntryProto: ['1 string key', '2 string value'],
  GraphProto: [
    '1 NodeProto node[]',
    '5 TensorProto initializer[]',
    '11 ValueInfoProto input[]',
    '12 ValueInfoProto output[]',
    '13 ValueInfoProto value_info[]',
  ],
  NodeProto: [
    '1 string input[]',
    '2 string output[]',
    '3 string name',
    '4 string op_type',
    '5 AttributeProto attribute[]',
  ],
  AttributeProto: [
    '1 string name',
    '2 float f',
    '3 int64 i',
    '5 TensorProto t',
    '8 int64 ints[]',
    '20 int32 type',
  ],
  TensorProto: [
    '1 int64 dims[]',
    '2 int32 data_type',
    '4 float float_data[]',
    '7 int64 int64_data[]',
    '8 string name',
    '9 bytes raw_data',
    '14 int32 data_location',
  ],
  ValueInfoProto: ['1 string name', '2 TypeProto type'],
  TypeProto: ['1 TensorTypeProto tensor_type'],
  TensorTypeProto: ['1 int32 elem_type', '2 TensorShapeProto shape'],
  TensorShapeProto: ['1 DimensionProto dim[]'],
  DimensionProto: ['1 int64 dim_value', '2 string dim_param'],
};

/** Types of single values, by their word above. */
const SCALARS: Readonly<Record<string, FieldDescriptorProto_Type>> = {
  int64: FieldDescriptorProto_Type.INT64,
  int32: FieldDescriptorProto_Type.INT32,
  float: FieldDescriptorProto_Type.FLOAT,
  string: FieldDescriptorProto_Type.STRING,
  bytes: FieldDescriptorProto_Type.BYTES,
};

const { REPEATED, OPTIONAL } = FieldDescriptorProto_Label;

function fieldOf(line: string) {
  const [number, type = '', name = ''] = line.split(' ');
  const scalar = SCALARS[type];
  return {
    number: Number(number),
    name: name.replace('[]', ''),
    label: name.endsWith('[]') ? REPEATED : OPTIONAL,
    ...(scalar === undefined
      ? { type: FieldDescriptorProto_Type.MESSAGE, typeName: `.onnx.${type}` }
      : { type: scalar }),
  };
}

function describeModel(): DescMessage {
  const messageType = Object.entries(MESSAGES).map(([name, lines]) => ({
    name,
    field: lines.map(fieldOf),
  }));
  const file = { name: 'onnx.proto', package: 'onnx', syntax: 'proto3', messageType };
  const registry = createFileRegistry(create(FileDescriptorProtoSchema, file), () => undefined);
  return registry.getMessage('onnx.ModelProto') as DescMessage;
}

const MODEL = describeModel();

/** The messages of an ONNX file. @throws ModelUnusable when it cannot be read, is damaged or is no ONNX file. */
export async function readOnnx(path: string): Promise<OnnxModel> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new ModelUnusable(`model ${path} cannot be read; check the path and its rights`, {
      cause,
    });
  });
  const damaged = `model ${path} is damaged or no ONNX file; copy it again`;
  try {
    const model = fromBinary(MODEL, bytes) as unknown as Partial<OnnxModel>;
    if (model.graph?.node.length) return model as OnnxModel;
  } catch (cause) {
    throw new ModelUnusable(damaged, { cause });
  }
  throw new ModelUnusable(damaged);
}

type Fields = Readonly<Record<string, unknown>>;

/** A message of a plain value; what came from a file keeps the fields that are not named here. */
function messageOf(desc: DescMessage, value: Fields): Message {
  const inner = desc.fields.flatMap((field) => {
    const own = value[field.localName];
    if (!field.message || own === undefined) return [];
    const { message } = field;
    const parts = Array.isArray(own)
      ? own.map((part: Fields) => messageOf(message, part))
      : messageOf(message, own as Fields);
    return [[field.localName, parts] as const];
  });
  return Object.assign(create(desc), value, Object.fromEntries(inner));
}

/** The bytes of an ONNX file. */
export const onnxBytes = (model: OnnxModel): Uint8Array =>
  toBinary(MODEL, messageOf(MODEL, model as unknown as Fields));
