import type { DeviceMake, DeviceStream, EnquiryTrouble } from '@vigie/contracts/camera-enquiries';
import * as z from 'zod';
import { resolveSource } from '../camera/resolve-source.driver.ts';
import { type SourceUrl, sourceUrlOf } from '../camera/source-url.ts';
import { troubleOf } from '../worker/camera-trouble.ts';
import type { DeviceOutcome } from '../worker/enquiries.service.ts';
import { type Caller, callService, type DeviceLogin, OnvifRefused } from './soap.driver.ts';

const Text = z.string().catch('');
const Whole = z.coerce.number().nonnegative().catch(0);
const Clock = z.object({
  GetSystemDateAndTimeResponse: z.object({
    SystemDateAndTime: z.object({
      UTCDateTime: z.object({
        Time: z.object({ Hour: Whole, Minute: Whole, Second: Whole }),
        Date: z.object({ Year: Whole, Month: Whole, Day: Whole }),
      }),
    }),
  }),
});
const Information = z.object({
  GetDeviceInformationResponse: z.object({
    Manufacturer: Text,
    Model: Text,
    FirmwareVersion: Text,
  }),
});
const Capabilities = z.object({
  GetCapabilitiesResponse: z.object({
    Capabilities: z.object({ Media: z.object({ XAddr: z.url({ protocol: /^https?$/ }) }) }),
  }),
});
const Encoder = z.object({
  Encoding: Text,
  Resolution: z.object({ Width: Whole, Height: Whole }).catch({ Width: 0, Height: 0 }),
  RateControl: z.object({ FrameRateLimit: Whole }).catch({ FrameRateLimit: 0 }),
});
const Profile = z.object({
  '@token': z.string().min(1).max(128),
  Name: Text,
  VideoEncoderConfiguration: Encoder.optional(),
});
type Profile = z.infer<typeof Profile>;
const Profiles = z.object({
  GetProfilesResponse: z.object({ Profiles: z.array(Profile).default([]) }),
});
const Uri = z.object({ MediaUri: z.object({ Uri: z.string() }) });
const StreamUri = z.object({ GetStreamUriResponse: Uri });
const SnapshotUri = z.object({ GetSnapshotUriResponse: Uri });

const MOST_STREAMS = 16;

interface Device {
  readonly service: string;
  readonly login: DeviceLogin | undefined;
  readonly caller: Caller;
}

/**
 * What a device of ONVIF says of itself, and its streams with the login in their addresses. `address`: its device service, which
 * may hold a login. `onStep`: the login is right.
 * Source: ONVIF Core Specification and Media Service Specification, ver10.
 */
export async function readDevice(
  address: string,
  allowed: readonly string[],
  onStep: () => void,
): Promise<DeviceOutcome> {
  try {
    const { service, login } = partsOf(address);
    const caller = { login, aheadMs: await clockAhead(service, allowed), allowed };
    const device = { service, login, caller };
    const make = await readMake(device);
    onStep();
    return { make, streams: await readStreams(device) };
  } catch (error) {
    return { trouble: troubleIn(error) };
  }
}

function troubleIn(error: unknown): EnquiryTrouble {
  if (error instanceof OnvifRefused || error instanceof z.ZodError) return 'not-onvif';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return troubleOf(`${code} ${error instanceof Error ? error.message : String(error)}`);
}

function partsOf(address: string): { service: string; login: DeviceLogin | undefined } {
  const url = new URL(address);
  const [username, password] = [url.username, url.password].map(decodeURIComponent);
  url.username = '';
  url.password = '';
  return {
    service: url.href,
    login: username ? { username, password: password ?? '' } : undefined,
  };
}

/** Many cameras never had their clock set, and refuse a digest that is not of their now. 0: it does not say. */
async function clockAhead(service: string, allowed: readonly string[]): Promise<number> {
  const caller = { aheadMs: 0, allowed };
  const answer = await callService(service, { 'tds:GetSystemDateAndTime': {} }, caller).catch(
    (error: unknown) => {
      if (error instanceof OnvifRefused || troubleIn(error) === 'login') return undefined;
      throw error;
    },
  );
  const { data } = Clock.safeParse(answer);
  if (!data) return 0;
  const { Time, Date: Day } = data.GetSystemDateAndTimeResponse.SystemDateAndTime.UTCDateTime;
  const there = Date.UTC(Day.Year, Day.Month - 1, Day.Day, Time.Hour, Time.Minute, Time.Second);
  return there - Date.now();
}

async function readMake({ service, caller }: Device): Promise<DeviceMake> {
  const body = await callService(service, { 'tds:GetDeviceInformation': {} }, caller);
  const { Manufacturer, Model, FirmwareVersion } =
    Information.parse(body).GetDeviceInformationResponse;
  return { maker: Manufacturer, model: Model, firmware: FirmwareVersion };
}

async function readStreams(device: Device): Promise<DeviceStream[]> {
  const media = await findMedia(device);
  const body = await callService(media, { 'trt:GetProfiles': {} }, device.caller);
  const { Profiles: profiles } = Profiles.parse(body).GetProfilesResponse;
  const streams: DeviceStream[] = [];
  for (const profile of profiles.slice(0, MOST_STREAMS)) {
    if (profile.VideoEncoderConfiguration) streams.push(await readStream(media, profile, device));
  }
  return streams;
}

/** A device may know itself by an address of another network: it is asked where it answered. */
async function findMedia({ service, caller }: Device): Promise<string> {
  const body = await callService(
    service,
    { 'tds:GetCapabilities': { 'tds:Category': 'Media' } },
    caller,
  );
  const media = new URL(Capabilities.parse(body).GetCapabilitiesResponse.Capabilities.Media.XAddr);
  media.hostname = new URL(service).hostname;
  return media.href;
}

async function readStream(media: string, profile: Profile, device: Device): Promise<DeviceStream> {
  const { Encoding, Resolution, RateControl } = Encoder.parse(profile.VideoEncoderConfiguration);
  const token = { 'trt:ProfileToken': profile['@token'] };
  const wanted = {
    'trt:GetStreamUri': {
      'trt:StreamSetup': { 'tt:Stream': 'RTP-Unicast', 'tt:Transport': { 'tt:Protocol': 'RTSP' } },
      ...token,
    },
  };
  const stream = StreamUri.parse(await callService(media, wanted, device.caller));
  const opened = await opening(stream.GetStreamUriResponse.MediaUri.Uri, device);
  const snapshot = await readSnapshot(media, token, device);
  return {
    name: profile.Name.slice(0, 80),
    codec: Encoding,
    width: Resolution.Width,
    height: Resolution.Height,
    fps: RateControl.FrameRateLimit,
    snapshot,
    ...opened,
  };
}

/** `null`: the device gives none, or none that may be opened. */
async function readSnapshot(media: string, token: object, device: Device): Promise<string | null> {
  const answer = await callService(media, { 'trt:GetSnapshotUri': token }, device.caller).catch(
    () => undefined,
  );
  const { data } = SnapshotUri.safeParse(answer);
  return data ? (await opening(data.GetSnapshotUriResponse.MediaUri.Uri, device)).source : null;
}

/** Whether the address may be opened. The login goes to the device that was asked, and to nobody else. */
async function opening(
  uri: string,
  { service, login, caller }: Device,
): Promise<Pick<DeviceStream, 'shown' | 'source' | 'trouble'>> {
  const source = sourceUrlOf(uri.trim());
  const asked = sourceUrlOf(service);
  if (!source || source.kind === 'file' || !asked)
    return { shown: '', source: null, trouble: 'forbidden' };
  const { shown } = source;
  try {
    const hosts = await Promise.all([source, asked].map((one) => hostOf(one, caller.allowed)));
    if (hosts[0] !== hosts[1]) return { shown, source: null, trouble: 'elsewhere' };
  } catch (error) {
    return { shown, source: null, trouble: troubleIn(error) };
  }
  const url = new URL(source.url);
  url.username = login?.username ?? '';
  url.password = login?.password ?? '';
  return { shown, source: url.href, trouble: null };
}

const hostOf = async (source: SourceUrl, allowed: readonly string[]): Promise<string> =>
  new URL((await resolveSource(source, allowed)).url).hostname;
