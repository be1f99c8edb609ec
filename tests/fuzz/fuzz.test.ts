import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asyncApi } from '../../packages/contracts/src/asyncapi.ts';
import { FORMATS } from '../../packages/server/src/devices/formats/index.ts';
import { root } from '../../scripts/run-tool.ts';
import { fuzz } from './engine.ts';
import { type Everything, openEverything, readCorpus, watchStrayErrors } from './everything.ts';
import { routeName } from './routes.ts';

/** Words by which a file reads what came from outside: bytes, JSON, XML, YAML, CSV, pictures, protocols. */
const reads =
  /JSON\.parse\(|parseDocument\(|parseCsv\(|parseXml\(|new XMLParser|new DataView\(|readUInt|new TextDecoder|fromBinary\(|sharp\(|decodeURIComponent\(|atob\(|new ModbusTCPClient\(|new Client\(|createTransport\(|mqtt\.parser/;

/** Every file that reads something, and the target by which it is shot at; in brackets, why by none of its own. */
const readers: Readonly<Record<string, string>> = {
  'bollard/src/bollard.service.ts': 'display of a bollard',
  'bollard/src/memory.driver.ts': 'memory of a bollard',
  'cli/src/audit.ts': 'audit journal file',
  'cli/src/evaluate.ts': 'coco file',
  'cli/src/http-client.ts': '(reads answers of our own server)',
  'cli/src/label-file.ts': 'labels file',
  'cli/src/palette.ts': '(draws what was made here)',
  'cli/src/town-file.ts': 'town yaml',
  'contracts/src/seal.ts': 'sealed address',
  'contracts/src/vision.ts': 'frame of the bus',
  'server/src/audit/persons.service.ts': '(copies a value)',
  'server/src/devices/devices.mqtt.ts': 'topic bollardStatus',
  'server/src/devices/formats/display-downlink.ts': 'lorawan display',
  'server/src/devices/formats/the-things-stack-v3.ts': 'the things stack storage',
  'server/src/devices/formats/tlv.ts': 'sensor milesight-em400',
  'server/src/devices/inventory-file.driver.ts': 'inventory yaml',
  'server/src/devices/parking-cameras.mqtt.ts': 'topic cameraOccupancy',
  'server/src/devices/lorawan.mqtt.ts': 'network chirpstack up',
  'server/src/devices/reception.service.ts': 'topic bollardState',
  'server/src/directory/binary-ids.ts': 'directory ids',
  'server/src/directory/connection.driver.ts': 'answer of a directory by ldap',
  'server/src/evacuation/alarm/alarm-webhook.routes.ts': 'POST /api/v1/alarms/:buildingId',
  'server/src/evacuation/alarm/incident-journal.service.ts': 'incident journal file',
  'server/src/evacuation/alarm/modbus.driver.ts': 'answer of an input module by modbus',
  'server/src/evacuation/buildings/plan-picture.driver.ts': 'plan png',
  'server/src/evacuation/evacuation.mqtt.ts': 'topic cameraHeadcount',
  'server/src/exports/delivery.service.ts': '(reads what it wrote itself)',
  'server/src/exports/home-assistant.mqtt.ts': 'topic homeAssistantStatus',
  'server/src/models/models.mqtt.ts': 'topic workerStatus',
  'server/src/notifications/mail.driver.ts': 'answer of a mail server',
  'server/src/notifications/ovh-sms.driver.ts': 'answer of an sms service',
  'server/src/notifications/sms-gateway.driver.ts': 'settings',
  'server/src/platform/config.ts': 'settings',
  'server/src/platform/mqtt5.driver.ts': 'wire mqtt',
  'server/src/platform/unstorable.ts': 'topic bollardState',
  'vision/src/camera/picture.driver.ts': 'picture',
  'vision/src/camera/source-url.ts': 'text camera address',
  'vision/src/detector/onnx-header.ts': 'onnx header',
  'vision/src/evaluation/pklot.driver.ts': 'pklot file',
  'vision/src/models/onnx-file.driver.ts': 'onnx file',
  'vision/src/onvif/discovery.driver.ts': 'answers to a call on the network',
  'vision/src/onvif/soap.driver.ts': 'answer of a camera by onvif',
  'vision/src/worker/bus.mqtt.ts': 'worker on cameraWatch',
  'vision/src/worker/enquiries.service.ts': 'enquiry of a worker',
  'vision/src/worker/fleet.service.ts': 'configuration of a camera',
  'vision/src/worker/new-rate.ts': 'configuration of a camera',
};

let everything: Everything;
const stray = watchStrayErrors();

beforeAll(async () => {
  everything = await openEverything();
}, 120_000);

afterAll(async () => {
  await everything?.stop();
  stray.stop();
});

const names = () => everything.targets.map(({ name }) => name);

describe('what takes input from outside', () => {
  it('is shot at: every file that reads something', () => {
    const found = globSync('packages/{bollard,cli,contracts,palette,server,vision}/src/**/*.ts', {
      cwd: root,
    })
      .filter((file) => !/[.](test|fake)[.]ts$|\/testing\//.test(file))
      .filter((file) => reads.test(readFileSync(join(root, file), 'utf8')))
      .map((file) => file.replace('packages/', ''));
    expect(found.sort()).toEqual(Object.keys(readers).sort());
    const wanted = Object.values(readers).filter((target) => !target.startsWith('('));
    expect(wanted.filter((target) => !names().includes(target))).toEqual([]);
  });

  it('is shot at: every topic, every make of sensor and every route', () => {
    const wanted = [
      ...Object.keys(asyncApi.channels).map((name) => `topic ${name}`),
      ...Object.keys(FORMATS).map((make) => `sensor ${make}`),
      ...everything.town.http.routeTable.map(routeName),
    ];
    expect(wanted.filter((name) => !names().includes(name))).toEqual([]);
  });

  it('has an input for each that once broke it', () => {
    expect(readCorpus().filter(({ target }) => !names().includes(target))).toEqual([]);
  });

  it('takes or refuses 5,000 bad inputs and goes on', async () => {
    const report = await fuzz({
      targets: everything.targets,
      corpus: readCorpus(),
      count: 5000,
      seed: 1,
      rounds: 1,
      strayErrors: stray.take,
      examine: everything.town.examine,
    });
    expect(report.faults).toEqual([]);
    const counts = [...report.tallies.values()].map(({ taken, refused }) => taken + refused);
    expect(Math.min(...counts)).toBeGreaterThan(0);
    expect(counts.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(4500);
  }, 300_000);
});
