"""A camera for tests: an RTSP server on 127.0.0.1 at `/sub`, for user `hall` with password `geheim99`.

Usage: rtsp_camera.py PORT PIPELINE, whose payloader is named `pay0`. Prints `ready`. Each line on its input is new caps for
the element `shape` of the pipeline. Needs python3-gi, gir1.2-gst-rtsp-server-1.0 and gstreamer1.0-plugins-good and -bad of
Debian.
"""
import sys
import threading

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

port, pipeline = sys.argv[1:3]
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
factory.set_launch(f"( {pipeline} )")
permissions = GstRtspServer.RTSPPermissions()
permissions.add_role("viewer")
permissions.add_permission_for_role("viewer", "media.factory.access", True)
permissions.add_permission_for_role("viewer", "media.factory.construct", True)
factory.set_permissions(permissions)

medias = []
factory.connect("media-configure", lambda _, media: medias.append(media))


def reshape():
    for line in sys.stdin:
        shape = medias[-1].get_element().get_by_name("shape")
        GLib.idle_add(shape.set_property, "caps", Gst.Caps.from_string(line.strip()))


threading.Thread(target=reshape, daemon=True).start()
server.get_mount_points().add_factory("/sub", factory)
server.attach(None)
print("ready", flush=True)
GLib.MainLoop().run()
