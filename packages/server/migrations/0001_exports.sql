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
DROP INDEX "stays_since";--> statement-breakpoint
ALTER TABLE "pending_notifications" ADD CONSTRAINT "pending_notifications_subscription_id_subscriptions_id_fk" FOREIGN KEY ("subscription_id") REFERENCES "public"."subscriptions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "pending_notifications_order" ON "pending_notifications" USING btree ("subscription_id","id");--> statement-breakpoint
CREATE INDEX "status_changes_at" ON "status_changes" USING btree ("at");--> statement-breakpoint
CREATE INDEX "stays_until" ON "stays" USING btree ("until");--> statement-breakpoint
CREATE INDEX "stays_since" ON "stays" USING btree ("since","id");