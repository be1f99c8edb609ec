"""A camera for tests: plays a clip once over RTSP on 127.0.0.1, for user `hall` with password `geheim99`.

Usage: rtsp_camera.py PORT CLIP (H.264 in MP4). Prints `ready`. Needs python3-gi, gir1.2-gst-rtsp-server-1.0 and
gstreamer1.0-plugins-good and -bad of Debian.
"""
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

port, clip = sys.argv[1:3]
Gst.init(None)
server = GstRtspServer.RTSPServer()
server.set_address("127.0.0.1")
server.set_service(port)

auth = GstRtspServer.RTSPAuth()
token = GstRtspServer.RTSPToken()
token.set_string("media.factory.role", "viewer")
auth.add_basic(GstRtspServer.RTSPAuth.make_basic("hall", "geheim99"), token)
server.set_auth(auth)

factory = GstRtspServer.RTSPMediaFactory()
factory.set_launch(f"( filesrc location={clip} ! qtdemux ! h264parse ! rtph264pay name=pay0 pt=96 )")
permissions = GstRtspServer.RTSPPermissions()
permissions.add_role("viewer")
permissions.add_permission_for_role("viewer", "media.factory.access", True)
permissions.add_permission_for_role("viewer", "media.factory.construct", True)
factory.set_permissions(permissions)

server.get_mount_points().add_factory("/sub", factory)
server.attach(None)
print("ready", flush=True)
GLib.MainLoop().run()
