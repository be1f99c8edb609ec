/** A year; of this host only: what else the town serves under its name is not our business. Source: RFC 6797. */
export const transportSecurity = 'max-age=31536000';

/** What pages may ask a device for: the camera that films or reads a code, and that the screen stays on. */
export const permissions =
  'camera=(self), screen-wake-lock=(self), fullscreen=(self), microphone=(), geolocation=(), payment=(), usb=(), serial=(), display-capture=()';

/** Of a page that shows a foreign text or drawing: it runs nothing, loads nothing and leads nowhere. */
export const foreignContent = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** Everything from ourselves, pictures also from memory (`blob:`); nothing that stands inline runs or dresses. */
export const contentSecurity = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      styleSrc: ["'self'"],
      scriptSrc: ["'self'"],
      connectSrc: ["'self'"],
      frameSrc: ["'self'"],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      objectSrc: ["'none'"],
    },
  },
  xFrameOptions: { action: 'deny' },
  // Only over TLS, so by request.
  strictTransportSecurity: false,
} as const;
