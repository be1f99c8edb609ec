import { onnxBytes } from '../../packages/vision/src/models/onnx-file.driver.ts';

/** Of the LoRaWAN sensor in the town. */
export const eui = '0011223344556677';

/** An uplink as ChirpStack v4 hands it over, of the sensor in the town. */
export const upOfChirpStack = {
  deduplicationId: '3ac7e3c4-4401-4b8d-9386-a5c902f9202d',
  time: '2026-11-18T09:34:15.775023242+00:00',
  deviceInfo: { tenantName: 'a', deviceName: 'a', devEui: eui, tags: { key: 'value' } },
  fCnt: 599,
  fPort: 2,
  data: 'Af8=',
  object: { occupied: true, battery: 50, firmware: '1' },
  rxInfo: [
    { gwTime: '2026-11-18T09:34:15.775023+00:00', nsTime: '2026-11-18T09:34:15.99Z', rssi: -101 },
    { nsTime: '2026-11-18T09:34:16.1+00:00', rssi: -36 },
  ],
};

/** The same of The Things Stack v3. */
export const ttsUp = {
  end_device_ids: { device_id: 'a', dev_eui: eui },
  received_at: '2026-11-12T15:15:46.014773143Z',
  uplink_message: {
    session_key_id: 'AXA50tHUGUucuzS/bCGMNw==',
    f_cnt: 43,
    f_port: 1,
    frm_payload: 'lQ==',
    decoded_payload: { occupied: true },
    rx_metadata: [{ time: '2026-11-12T15:15:45.787Z', rssi: -101 }],
    received_at: '2026-11-12T15:15:45.989585559Z',
  },
};

const shape = (...dims: bigint[]) => ({
  tensorType: { elemType: 1, shape: { dim: dims.map((dimValue) => ({ dimValue })) } },
});

/** The smallest file of weights that says of itself what a detector says. */
export const smallOnnx = onnxBytes({
  opsetImport: [{ version: 17n }],
  metadataProps: [{ key: 'names', value: "{0: 'person'}" }],
  graph: {
    node: [
      { opType: 'Identity', name: 'n', input: ['images'], output: ['output0'], attribute: [] },
    ],
    initializer: [
      { name: 'w', dims: [2n], dataType: 1, rawData: new Uint8Array(8) },
      { name: 's', dims: [1n], dataType: 7, int64Data: [1n] },
    ],
    input: [{ name: 'images', type: shape(1n, 3n, 64n, 64n) }],
    output: [{ name: 'output0', type: shape(1n, 84n, 84n) }],
    valueInfo: [],
  },
});

export const svgPlan = `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">
<defs><g id="g"><rect x="0" y="0" width="10" height="5" style="fill:#fff"/></g></defs>
<style>.a{fill:red}</style><use href="#g" transform="translate(3 4)"/><text class="a">Salle &amp; co</text></svg>`;

export const inventoryCsv =
  'id;model;space;eui\r\na;vigie;a;\r\n"b";bosch-tps110;b;0011223344556677\r\nc;vigie;"a b";\r\n';
export const inventoryYaml =
  '- id: a\n  space: a\n- id: b\n  eui: 0011223344556677\n  spaces: [b, c]\n';

export const townYaml = `zones:
  - { id: centre, name: Centre, allowedDays: 7 }
spaces:
  - { id: a, zoneId: centre, label: A }
buildings: [{ id: a, name: A }]
rooms: &rooms
  - { id: a, buildingId: a, name: A, floor: "1" }
cameras:
  - { id: a, roomId: a, name: A, source: clip.mp4 }
floors:
  - { id: a, buildingId: a, name: "1", level: 1 }
`;

const soapAnswer = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Body>${body}</s:Body></s:Envelope>`;

/** What a device of ONVIF answers, all in one, so that each question finds its part. */
export const onvifAnswer = soapAnswer(
  `<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime><tt:UTCDateTime><tt:Time><tt:Hour>1</tt:Hour><tt:Minute>2</tt:Minute><tt:Second>3</tt:Second></tt:Time><tt:Date><tt:Year>2026</tt:Year><tt:Month>11</tt:Month><tt:Day>24</tt:Day></tt:Date></tt:UTCDateTime></tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse><tds:GetDeviceInformationResponse><tds:Manufacturer>M</tds:Manufacturer><tds:Model>X</tds:Model><tds:FirmwareVersion>1</tds:FirmwareVersion></tds:GetDeviceInformationResponse><tds:GetCapabilitiesResponse><tds:Capabilities><tt:Media><tt:XAddr>http://127.0.0.1:9/media</tt:XAddr></tt:Media></tds:Capabilities></tds:GetCapabilitiesResponse><trt:GetProfilesResponse><trt:Profiles token="p1"><tt:Name>main</tt:Name><tt:VideoEncoderConfiguration><tt:Encoding>H264</tt:Encoding><tt:Resolution><tt:Width>640</tt:Width><tt:Height>360</tt:Height></tt:Resolution></tt:VideoEncoderConfiguration></trt:Profiles></trt:GetProfilesResponse><trt:GetStreamUriResponse><trt:MediaUri><tt:Uri>rtsp://127.0.0.1:554/one</tt:Uri></trt:MediaUri></trt:GetStreamUriResponse>`,
);

const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));

/** One picture of 4 × 3 pixels in each format; the JPEG bears EXIF. */
export const pictures = {
  jpeg: fromBase64(
    '/9j/4QC8RXhpZgAASUkqAAgAAAAGABIBAwABAAAAAQAAABoBBQABAAAAVgAAABsBBQABAAAAXgAAACgBAwABAAAAAgAAABMCAwABAAAAAQAAAGmHBAABAAAAZgAAAAAAAAA4YwAA6AMAADhjAADoAwAABgAAkAcABAAAADAyMTABkQcABAAAAAECAwAAoAcABAAAADAxMDABoAMAAQAAAP//AAACoAQAAQAAAAQAAAADoAQAAQAAAAMAAAAAAAAA/9sAQwAQCwwODAoQDg0OEhEQExgoGhgWFhgxIyUdKDozPTw5Mzg3QEhcTkBEV0U3OFBtUVdfYmdoZz5NcXlwZHhcZWdj/9sAQwEREhIYFRgvGhovY0I4QmNjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2NjY2Nj/8AAEQgAAwAEAwEiAAIRAQMRAf/EABUAAQEAAAAAAAAAAAAAAAAAAAAD/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/EABUBAQEAAAAAAAAAAAAAAAAAAAMF/8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAwDAQACEQMRAD8AiANJf//Z',
  ),
  png: fromBase64(
    'iVBORw0KGgoAAAANSUhEUgAAAAQAAAADCAIAAAA7ljmRAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAAEElEQVQImWMwnpkGRww4OQAVhg5ZgzSmbwAAAABJRU5ErkJggg==',
  ),
  webp: fromBase64(
    'UklGRjQAAABXRUJQVlA4ICgAAABwAQCdASoEAAMAAUAmJaACdAF1AAD+4uBJj0Vr/87B/96P/THqIAAA',
  ),
  gif: fromBase64('R0lGODlhBAADAIAAAExpcTOZZiH5BAUAAAAALAAAAAAEAAMAAAIDjI9WADs='),
} as const;
