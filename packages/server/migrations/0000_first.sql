CREATE TABLE "api_tokens" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"digest" text NOT NULL,
	"permissions" text[] NOT NULL,
	"zone_ids" text[],
	"building_ids" text[],
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"last_used_at" timestamp with time zone,
	CONSTRAINT "api_tokens_digest_unique" UNIQUE("digest")
);
--> statement-breakpoint
CREATE TABLE "auth_accounts" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp with time zone,
	"refresh_token_expires_at" timestamp with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "directory_groups" (
	"version" integer PRIMARY KEY NOT NULL,
	"groups" jsonb NOT NULL,
	"changed_by" text NOT NULL,
	"changed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "passkey_challenges" (
	"challenge" text PRIMARY KEY NOT NULL,
	"user_id" text,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "passkeys" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"name" text NOT NULL,
	"credential_id" text NOT NULL,
	"public_key" text NOT NULL,
	"counter" bigint NOT NULL,
	"transports" text[] NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_used_at" timestamp with time zone,
	CONSTRAINT "passkeys_credential_id_unique" UNIQUE("credential_id")
);
--> statement-breakpoint
CREATE TABLE "pending_sign_ins" (
	"state_digest" text PRIMARY KEY NOT NULL,
	"browser_digest" text NOT NULL,
	"nonce" text NOT NULL,
	"verifier" text NOT NULL,
	"return_to" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"token" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"by_passkey" boolean DEFAULT false NOT NULL,
	"is_vouched" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "sessions_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "sign_in_attempts" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"account" text NOT NULL,
	"address" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"has_passed" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "two_factors" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"secret" text NOT NULL,
	"backup_codes" text NOT NULL,
	"verified" boolean DEFAULT true NOT NULL,
	"failed_verification_count" integer DEFAULT 0 NOT NULL,
	"locked_until" timestamp with time zone,
	"used_codes" text[] DEFAULT '{}' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"username" text NOT NULL,
	"display_username" text,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"role" text NOT NULL,
	"disabled_at" timestamp with time zone,
	"must_change_password" boolean DEFAULT false NOT NULL,
	"two_factor_enabled" boolean DEFAULT false NOT NULL,
	"zone_ids" text[],
	"building_ids" text[],
	"directory_id" text,
	"directory_checked_at" timestamp with time zone,
	"directory_refusal" text,
	"provider_email" text,
	"provider_invited_at" timestamp with time zone,
	"provider_person" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "users_username_unique" UNIQUE("username"),
	CONSTRAINT "users_email_unique" UNIQUE("email"),
	CONSTRAINT "users_directory_id_unique" UNIQUE("directory_id"),
	CONSTRAINT "users_provider_email_unique" UNIQUE("provider_email"),
	CONSTRAINT "users_provider_person_unique" UNIQUE("provider_person")
);
--> statement-breakpoint
CREATE TABLE "verifications" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_rows" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor" text NOT NULL,
	"act" text NOT NULL,
	"subject" text NOT NULL,
	"details" jsonb NOT NULL,
	"commitments" jsonb NOT NULL,
	"previous" text NOT NULL,
	"hash" text NOT NULL,
	"told" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bollard_postings" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"bollard_id" text NOT NULL,
	"space_id" text NOT NULL,
	"from_at" timestamp (3) with time zone,
	"until_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "bollards" (
	"id" text PRIMARY KEY NOT NULL,
	"model" text NOT NULL,
	"device_eui" text,
	"heartbeat_ms" bigint,
	"network" text,
	"down_topic" text,
	"online" boolean DEFAULT false NOT NULL,
	"first_seen_at" timestamp (3) with time zone,
	"last_seen_at" timestamp (3) with time zone,
	"missed_at" timestamp (3) with time zone,
	"battery_percent" double precision,
	"rssi_dbm" double precision,
	"temperature_c" double precision,
	"firmware" text,
	"replaced_by" text,
	"retired_at" timestamp (3) with time zone,
	CONSTRAINT "bollards_device_eui_unique" UNIQUE("device_eui")
);
--> statement-breakpoint
CREATE TABLE "device_credentials" (
	"kind" text NOT NULL,
	"id" text NOT NULL,
	"key_digest" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "device_credentials_kind_id_pk" PRIMARY KEY("kind","id")
);
--> statement-breakpoint
CREATE TABLE "faults" (
	"id" text PRIMARY KEY NOT NULL,
	"device_id" text NOT NULL,
	"kind" text NOT NULL,
	"detail" text NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"closed_at" timestamp (3) with time zone,
	"ticket" text
);
--> statement-breakpoint
CREATE TABLE "parking_cameras" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"fps" double precision NOT NULL,
	"stale_ms" bigint NOT NULL,
	"sealed_source" text NOT NULL,
	"spaces" jsonb NOT NULL,
	"view_since" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "unread_messages" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"device_id" text NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"reason" text NOT NULL,
	"payload" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "alarm_inputs" (
	"id" text PRIMARY KEY NOT NULL,
	"building_id" text NOT NULL,
	"name" text NOT NULL,
	"host" text NOT NULL,
	"port" integer NOT NULL,
	"unit" integer NOT NULL,
	"register" text NOT NULL,
	"address" integer NOT NULL,
	"bit" integer,
	"contact" text NOT NULL,
	"kind" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "alarm_receipts" (
	"webhook_id" text PRIMARY KEY NOT NULL,
	"building_id" text NOT NULL,
	"received_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "assembly_points" (
	"id" text PRIMARY KEY NOT NULL,
	"building_id" text NOT NULL,
	"name" text NOT NULL,
	"place" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "board_links" (
	"id" text PRIMARY KEY NOT NULL,
	"incident_id" text NOT NULL,
	"token_digest" text NOT NULL,
	"drawn_by" text NOT NULL,
	"drawn_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	CONSTRAINT "board_links_token_digest_unique" UNIQUE("token_digest")
);
--> statement-breakpoint
CREATE TABLE "buildings" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"address" text NOT NULL,
	"camera_use" text
);
--> statement-breakpoint
CREATE TABLE "camera_links" (
	"camera_id" text PRIMARY KEY NOT NULL,
	"token_digest" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "camera_links_token_digest_unique" UNIQUE("token_digest")
);
--> statement-breakpoint
CREATE TABLE "camera_views" (
	"id" text PRIMARY KEY NOT NULL,
	"camera_id" text NOT NULL,
	"username" text NOT NULL,
	"mode" text NOT NULL,
	"reason" text NOT NULL,
	"incident_id" text,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "cameras" (
	"id" text PRIMARY KEY NOT NULL,
	"room_id" text NOT NULL,
	"name" text NOT NULL,
	"profile" text NOT NULL,
	"fps" double precision NOT NULL,
	"stale_ms" integer NOT NULL,
	"sealed_source" text NOT NULL,
	"watches" text NOT NULL,
	"markings" jsonb NOT NULL,
	"view_since" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "cap_messages" (
	"incident_id" text NOT NULL,
	"n" integer NOT NULL,
	"identifier" text NOT NULL,
	"type" text NOT NULL,
	"sent" text NOT NULL,
	"sent_at" timestamp with time zone NOT NULL,
	"facts" jsonb NOT NULL,
	"xml" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone,
	"error" text,
	"delivered_at" timestamp with time zone,
	CONSTRAINT "cap_messages_incident_id_n_pk" PRIMARY KEY("incident_id","n")
);
--> statement-breakpoint
CREATE TABLE "commissioning_moments" (
	"id" text PRIMARY KEY NOT NULL,
	"camera_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"people" integer NOT NULL,
	"count" integer,
	"min" integer,
	"max" integer,
	"health" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "crossings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"room_id" text NOT NULL,
	"camera_id" text NOT NULL,
	"line_id" text NOT NULL,
	"direction" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "drill_reminders" (
	"building_id" text PRIMARY KEY NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "floor_plans" (
	"floor_id" text PRIMARY KEY NOT NULL,
	"media_type" text NOT NULL,
	"picture" "bytea" NOT NULL,
	"size" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "floors" (
	"id" text PRIMARY KEY NOT NULL,
	"building_id" text NOT NULL,
	"name" text NOT NULL,
	"level" integer NOT NULL,
	"drawing" jsonb NOT NULL,
	"revision" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "floors_by_name" UNIQUE("building_id","name")
);
--> statement-breakpoint
CREATE TABLE "incident_findings" (
	"incident_id" text NOT NULL,
	"id" text NOT NULL,
	"finding" jsonb NOT NULL,
	CONSTRAINT "incident_findings_incident_id_id_pk" PRIMARY KEY("incident_id","id")
);
--> statement-breakpoint
CREATE TABLE "incident_log" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "incident_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"incident_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"actor" text NOT NULL,
	"what" text NOT NULL,
	"data" jsonb NOT NULL,
	"entry_id" uuid NOT NULL,
	CONSTRAINT "incident_log_entry_id_unique" UNIQUE("entry_id")
);
--> statement-breakpoint
CREATE TABLE "incident_rooms" (
	"incident_id" text NOT NULL,
	"room_id" text NOT NULL,
	"room" jsonb NOT NULL,
	"camera_ids" jsonb NOT NULL,
	"frozen" jsonb NOT NULL,
	"at_end" jsonb,
	"confirmed_empty_at" timestamp with time zone,
	CONSTRAINT "incident_rooms_incident_id_room_id_pk" PRIMARY KEY("incident_id","room_id")
);
--> statement-breakpoint
CREATE TABLE "incidents" (
	"id" text PRIMARY KEY NOT NULL,
	"building_id" text NOT NULL,
	"building_name" text NOT NULL,
	"kind" text NOT NULL,
	"origin" text NOT NULL,
	"started_by" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_by" text,
	"recorded_until" timestamp with time zone,
	"sources" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "known_empties" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "known_empties_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"room_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"declared_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "planned_drills" (
	"id" uuid PRIMARY KEY NOT NULL,
	"building_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"starts_itself" boolean NOT NULL,
	"note" text NOT NULL,
	"planned_by" text NOT NULL,
	"state" text DEFAULT 'planned' NOT NULL,
	"closed_by" text,
	"incident_id" text,
	"told_for" timestamp with time zone,
	"revision" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rooms" (
	"id" text PRIMARY KEY NOT NULL,
	"building_id" text NOT NULL,
	"name" text NOT NULL,
	"floor" text,
	"capacity" integer,
	"empty_daily_at" text,
	"use" text,
	"is_film_free" boolean,
	"instructions" jsonb,
	"assembly_point_id" text
);
--> statement-breakpoint
CREATE TABLE "wardens" (
	"id" text PRIMARY KEY NOT NULL,
	"building_id" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"username" text,
	"phone" text NOT NULL,
	"deputy_of" text,
	"floors" jsonb NOT NULL,
	"rooms" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pending_notifications" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"subscription_id" text NOT NULL,
	"spot" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "status_changes" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"space_id" text NOT NULL,
	"before" text NOT NULL,
	"status" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "subscriptions" (
	"id" text PRIMARY KEY NOT NULL,
	"wish" jsonb NOT NULL,
	"headers" text,
	"owner" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"times_sent" integer DEFAULT 0 NOT NULL,
	"times_failed" integer DEFAULT 0 NOT NULL,
	"last_notification" timestamp (3) with time zone,
	"last_success" timestamp (3) with time zone,
	"last_failure" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "told_statuses" (
	"space_id" text PRIMARY KEY NOT NULL,
	"status" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"case_id" text,
	"channel" text DEFAULT 'mail' NOT NULL,
	"recipient" text NOT NULL,
	"recipient_name" text DEFAULT '' NOT NULL,
	"subject" text NOT NULL,
	"text" text NOT NULL,
	"html" text NOT NULL,
	"data" jsonb,
	"status" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "case_steps" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"case_id" text NOT NULL,
	"status" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor" text NOT NULL,
	"reason" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "cases" (
	"id" text PRIMARY KEY NOT NULL,
	"number" serial NOT NULL,
	"stay_id" text NOT NULL,
	"space_id" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"status" text NOT NULL,
	"next_look_at" timestamp (3) with time zone,
	CONSTRAINT "cases_stay_id_unique" UNIQUE("stay_id")
);
--> statement-breakpoint
CREATE TABLE "exemptions" (
	"id" text PRIMARY KEY NOT NULL,
	"space_id" text NOT NULL,
	"from" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"reason" text NOT NULL,
	"by" text NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "occupancy_events" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"space_id" text NOT NULL,
	"device_id" text NOT NULL,
	"key" text NOT NULL,
	"kind" text NOT NULL,
	"occupied" boolean,
	"seq" bigint,
	"device_at" timestamp (3) with time zone NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"time_flag" text NOT NULL,
	"previous_state_ms" bigint,
	"is_new_vehicle" boolean DEFAULT false NOT NULL,
	"silent_after_ms" bigint
);
--> statement-breakpoint
CREATE TABLE "space_states" (
	"space_id" text PRIMARY KEY NOT NULL,
	"fold" json NOT NULL,
	"display" json NOT NULL,
	"next_change_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "spaces" (
	"id" text PRIMARY KEY NOT NULL,
	"zone_id" text NOT NULL,
	"label" text NOT NULL,
	"address" text NOT NULL,
	"latitude" double precision,
	"longitude" double precision
);
--> statement-breakpoint
CREATE TABLE "stays" (
	"id" text PRIMARY KEY NOT NULL,
	"space_id" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"until" timestamp (3) with time zone,
	"free_since" timestamp (3) with time zone,
	"gaps" jsonb NOT NULL,
	"is_arrival_inferred" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "zone_rules" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"zone_id" text NOT NULL,
	"applies_from" timestamp (3) with time zone,
	"rules" jsonb NOT NULL,
	"changed_by" text NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "zones" (
	"id" text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "key_checks" (
	"id" integer PRIMARY KEY NOT NULL,
	"digest" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "deletions" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"kind" text NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"rows" integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE "auth_accounts" ADD CONSTRAINT "auth_accounts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkey_challenges" ADD CONSTRAINT "passkey_challenges_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "passkeys" ADD CONSTRAINT "passkeys_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "two_factors" ADD CONSTRAINT "two_factors_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bollard_postings" ADD CONSTRAINT "bollard_postings_bollard_id_bollards_id_fk" FOREIGN KEY ("bollard_id") REFERENCES "public"."bollards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alarm_inputs" ADD CONSTRAINT "alarm_inputs_building_id_buildings_id_fk" FOREIGN KEY ("building_id") REFERENCES "public"."buildings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assembly_points" ADD CONSTRAINT "assembly_points_building_id_buildings_id_fk" FOREIGN KEY ("building_id") REFERENCES "public"."buildings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "board_links" ADD CONSTRAINT "board_links_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "camera_links" ADD CONSTRAINT "camera_links_camera_id_cameras_id_fk" FOREIGN KEY ("camera_id") REFERENCES "public"."cameras"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cameras" ADD CONSTRAINT "cameras_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cap_messages" ADD CONSTRAINT "cap_messages_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commissioning_moments" ADD CONSTRAINT "commissioning_moments_camera_id_cameras_id_fk" FOREIGN KEY ("camera_id") REFERENCES "public"."cameras"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "crossings" ADD CONSTRAINT "crossings_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drill_reminders" ADD CONSTRAINT "drill_reminders_building_id_buildings_id_fk" FOREIGN KEY ("building_id") REFERENCES "public"."buildings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "floor_plans" ADD CONSTRAINT "floor_plans_floor_id_floors_id_fk" FOREIGN KEY ("floor_id") REFERENCES "public"."floors"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "floors" ADD CONSTRAINT "floors_building_id_buildings_id_fk" FOREIGN KEY ("building_id") REFERENCES "public"."buildings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_findings" ADD CONSTRAINT "incident_findings_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_log" ADD CONSTRAINT "incident_log_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_rooms" ADD CONSTRAINT "incident_rooms_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "known_empties" ADD CONSTRAINT "known_empties_room_id_rooms_id_fk" FOREIGN KEY ("room_id") REFERENCES "public"."rooms"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "planned_drills" ADD CONSTRAINT "planned_drills_building_id_buildings_id_fk" FOREIGN KEY ("building_id") REFERENCES "public"."buildings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rooms" ADD CONSTRAINT "rooms_building_id_buildings_id_fk" FOREIGN KEY ("building_id") REFERENCES "public"."buildings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rooms" ADD CONSTRAINT "rooms_assembly_point_id_assembly_points_id_fk" FOREIGN KEY ("assembly_point_id") REFERENCES "public"."assembly_points"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rooms" ADD CONSTRAINT "rooms_on_floor" FOREIGN KEY ("building_id","floor") REFERENCES "public"."floors"("building_id","name") ON DELETE no action ON UPDATE cascade;--> statement-breakpoint
ALTER TABLE "wardens" ADD CONSTRAINT "wardens_building_id_buildings_id_fk" FOREIGN KEY ("building_id") REFERENCES "public"."buildings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pending_notifications" ADD CONSTRAINT "pending_notifications_subscription_id_subscriptions_id_fk" FOREIGN KEY ("subscription_id") REFERENCES "public"."subscriptions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_steps" ADD CONSTRAINT "case_steps_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exemptions" ADD CONSTRAINT "exemptions_space_id_spaces_id_fk" FOREIGN KEY ("space_id") REFERENCES "public"."spaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "spaces" ADD CONSTRAINT "spaces_zone_id_zones_id_fk" FOREIGN KEY ("zone_id") REFERENCES "public"."zones"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "zone_rules" ADD CONSTRAINT "zone_rules_zone_id_zones_id_fk" FOREIGN KEY ("zone_id") REFERENCES "public"."zones"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "passkeys_user" ON "passkeys" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sign_in_attempts_account" ON "sign_in_attempts" USING btree ("account","at");--> statement-breakpoint
CREATE INDEX "sign_in_attempts_address" ON "sign_in_attempts" USING btree ("address","at");--> statement-breakpoint
CREATE INDEX "audit_rows_at" ON "audit_rows" USING btree ("at");--> statement-breakpoint
CREATE INDEX "audit_rows_actor" ON "audit_rows" USING btree ("actor");--> statement-breakpoint
CREATE INDEX "audit_rows_subject" ON "audit_rows" USING btree ("subject");--> statement-breakpoint
CREATE INDEX "bollard_postings_bollard" ON "bollard_postings" USING btree ("bollard_id");--> statement-breakpoint
CREATE UNIQUE INDEX "bollard_postings_now" ON "bollard_postings" USING btree ("space_id","bollard_id") WHERE "bollard_postings"."until_at" is null;--> statement-breakpoint
CREATE INDEX "bollards_missed" ON "bollards" USING btree ("missed_at");--> statement-breakpoint
CREATE UNIQUE INDEX "faults_open" ON "faults" USING btree ("device_id","kind") WHERE "faults"."closed_at" is null;--> statement-breakpoint
CREATE INDEX "faults_opened" ON "faults" USING btree ("opened_at");--> statement-breakpoint
CREATE INDEX "unread_messages_received" ON "unread_messages" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "camera_views_by_start" ON "camera_views" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "cameras_by_room" ON "cameras" USING btree ("room_id");--> statement-breakpoint
CREATE INDEX "commissioning_moments_by_camera" ON "commissioning_moments" USING btree ("camera_id","at");--> statement-breakpoint
CREATE INDEX "crossings_by_room" ON "crossings" USING btree ("room_id","at");--> statement-breakpoint
CREATE INDEX "incident_log_by_incident" ON "incident_log" USING btree ("incident_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "incidents_one_active_per_building" ON "incidents" USING btree ("building_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "incidents_by_start" ON "incidents" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "known_empties_by_room" ON "known_empties" USING btree ("room_id","at");--> statement-breakpoint
CREATE INDEX "planned_drills_by_state" ON "planned_drills" USING btree ("state","at");--> statement-breakpoint
CREATE INDEX "rooms_by_building" ON "rooms" USING btree ("building_id");--> statement-breakpoint
CREATE INDEX "pending_notifications_order" ON "pending_notifications" USING btree ("subscription_id","id");--> statement-breakpoint
CREATE INDEX "status_changes_at" ON "status_changes" USING btree ("at");--> statement-breakpoint
CREATE INDEX "messages_created" ON "messages" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "messages_case" ON "messages" USING btree ("case_id","created_at");--> statement-breakpoint
CREATE INDEX "case_steps_case" ON "case_steps" USING btree ("case_id","id");--> statement-breakpoint
CREATE INDEX "cases_space" ON "cases" USING btree ("space_id","status");--> statement-breakpoint
CREATE INDEX "cases_next_look" ON "cases" USING btree ("next_look_at");--> statement-breakpoint
CREATE INDEX "exemptions_space" ON "exemptions" USING btree ("space_id","until");--> statement-breakpoint
CREATE UNIQUE INDEX "occupancy_events_once" ON "occupancy_events" USING btree ("device_id","key","space_id");--> statement-breakpoint
CREATE INDEX "occupancy_events_space" ON "occupancy_events" USING btree ("space_id","at");--> statement-breakpoint
CREATE INDEX "occupancy_events_at" ON "occupancy_events" USING brin ("at");--> statement-breakpoint
CREATE INDEX "space_states_next_change" ON "space_states" USING btree ("next_change_at");--> statement-breakpoint
CREATE INDEX "spaces_zone" ON "spaces" USING btree ("zone_id");--> statement-breakpoint
CREATE INDEX "stays_space" ON "stays" USING btree ("space_id","since");--> statement-breakpoint
CREATE INDEX "stays_since" ON "stays" USING btree ("since","id");--> statement-breakpoint
CREATE INDEX "stays_until" ON "stays" USING btree ("until");--> statement-breakpoint
CREATE UNIQUE INDEX "zone_rules_from" ON "zone_rules" USING btree ("zone_id",coalesce("applies_from", '-infinity'));--> statement-breakpoint
CREATE INDEX "deletions_at" ON "deletions" USING btree ("at");