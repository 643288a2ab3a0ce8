using System.Diagnostics;

namespace Relais.Foundation;

/// <summary>An error of the API: a stable code, its HTTP status and one sentence that helps. docs/api/errors.md is made of these.</summary>
internal sealed record Problem(string Code, int Status, string Title, string Detail);

/// <summary>Every error the API answers with.</summary>
internal static class Problems
{
    public static readonly Problem BadMetaSignature = new("bad_signature", 401, "Signature refused",
        "X-Hub-Signature-256 is missing or does not fit the body. Check that WHATSAPP_APP_SECRET is the secret of the Meta app that sends this webhook.");

    public static readonly Problem BadTwilioSignature = new("bad_signature", 403, "Signature refused",
        "X-Twilio-Signature is missing or does not fit. Check TWILIO_AUTH_TOKEN, and that WEBHOOK_BASE_URL is exactly the address Twilio calls.");

    public static readonly Problem BadCourierSignature = new("bad_courier_signature", 401, "Signature refused",
        "X-Relais-Signature is missing or does not fit: it is sha256= and the HMAC-SHA256 of the body as it is sent, under the secret of this address, in hex.");

    public static readonly Problem NoPublicAddress = new("no_public_address", 403, "No public address",
        "Twilio signs the address it calls, and Relais does not know it. Enter it at the console under Numbers, or add the line WEBHOOK_BASE_URL=https://your-address and restart.");

    public static readonly Problem WrongVerifyToken = new("wrong_verify_token", 403, "Verification refused",
        "hub.verify_token is not the one set in WHATSAPP_WEBHOOK_VERIFY_TOKEN.");

    public static readonly Problem TooLarge = new("too_large", 413, "Too large", "The body is larger than 4 MB.");

    public static readonly Problem EncodedBody = new("encoded_body", 415, "Encoded body",
        "Send the body as it is signed, without Content-Encoding.");

    public static readonly Problem StorageAway = new("storage_unavailable", 503, "Storage unavailable",
        "The database cannot store anything now. Send it again in a moment; `relais check` says what is wrong.");

    public static readonly Problem Unexpected = new("unexpected", 500, "Unexpected error",
        "Something failed that should not have. The log has the details under the trace id.");

    public static readonly Problem DemoIsLocal = new("demo_is_local", 403, "Demo is local only",
        "The demo answers this computer alone. Configure a provider or RELAIS_DATABASE to serve others.");

    public static readonly Problem Unauthorised = new("unauthorised", 401, "Sign in first",
        "Send a bearer token from POST /api/auth/login, or sign in with the browser.");

    public static readonly Problem KeyExpired = new("key_expired", 401, "API key expired", "This API key has ended. Make a new one.");

    public static readonly Problem RateLimited = new("rate_limited", 429, "Too many requests",
        "This is more than is answered at once. Wait as long as Retry-After says; RateLimit-Remaining tells beforehand.");

    public static readonly Problem Forbidden = new("forbidden", 403, "Not allowed", "Your role does not include this. Ask an owner or admin of the tenant.");

    public static readonly Problem MetricsClosed = new("metrics_closed", 403, "Metrics are closed",
        "Set RELAIS_METRICS_TOKEN and send it as a bearer token. Without it only this computer may ask, and only while no public address or proxy is set.");

    public static readonly Problem NotFound = new("not_found", 404, "Not found", "There is nothing here under that id.");

    public static readonly Problem ExportNotReady = new("export_not_ready", 409, "No file",
        "The file is being made, or its 24 hours are over. Look at its state, or ask for another one.");

    public static readonly Problem CrossSite = new("cross_site", 403, "Cross-site request refused",
        "A browser may change things only from Relais's own pages, with JSON. Scripts use a bearer token.");

    public static readonly Problem WrongCredentials = new("wrong_credentials", 401, "Sign-in refused", "The e-mail address or the password is wrong.");

    public static readonly Problem TooManyTries = new("too_many_tries", 429, "Too many tries",
        "Too many failed sign-ins from here. Wait fifteen minutes and try again.");

    public static readonly Problem WrongSetupToken = new("wrong_setup_token", 401, "Set-up refused",
        "This set-up token is not valid, or it was used. Restart Relais: it prints a new one as long as nobody can sign in.");

    public static readonly Problem WrongInvitation = new("wrong_invitation", 401, "Link refused",
        "This link is not valid: it was used, is older than seven days, or a newer one was made. Ask an admin of your business for a new one.");

    public static readonly Problem WrongPassword = new("wrong_password", 403, "Password refused", "That is not your present password.");

    public static readonly Problem WrongResetLink = new("wrong_reset_link", 401, "Link refused",
        "This link is not valid: it was used, is too old, or a newer one was made. Ask for a new one on the sign-in page, or ask an admin of your business.");

    public static readonly Problem TotpRequired = new("totp_required", 401, "A code is needed",
        "The password is right. Give ticket with a code of the authenticator app, or a recovery code, to POST /api/auth/login/totp within five minutes.");

    public static readonly Problem WrongTicket = new("wrong_ticket", 401, "Sign in again",
        "The time for the code is over, or it was tried too often. Begin again with the password.");

    public static readonly Problem WrongCode = new("wrong_code", 401, "Code refused",
        "That code is wrong, too old or was used already. Wait for the next one of the app, or use a recovery code.");

    public static readonly Problem CodeRefused = new("code_refused", 403, "Code refused",
        "That code is wrong, too old or was used already. Wait for the next one of the app.");

    public static readonly Problem TotpSetupRequired = new("totp_setup_required", 403, "Set up an authenticator app",
        "Your business wants one of everybody. Set it up first (POST /api/auth/totp/setup, or the console).");

    public static readonly Problem TotpIsOn = new("totp_is_on", 409, "Set up already", "An authenticator app is set up. Turn it off first to set up another.");

    public static readonly Problem TotpIsOff = new("totp_is_off", 409, "Not set up", "No authenticator app is set up.");

    public static readonly Problem TotpDemanded = new("totp_demanded", 409, "Required here",
        "Your business wants an authenticator app of everybody. An owner can reset yours, so that you set up another.");

    public static readonly Problem LastOwner = new("last_owner", 409, "Last owner",
        "This is the only owner who can sign in. Make somebody else an owner first.");

    public static readonly Problem TenantSuspended = new("tenant_suspended", 403, "Business suspended",
        "The platform administrator has suspended this business. What customers write is kept; ask the administrator to let it in again.");

    public static readonly Problem NumberLimit = new("number_limit", 409, "No more numbers",
        "This business has as many numbers as the platform administrator allows. Disconnect one, or ask for a higher limit.");

    public static readonly Problem AgentLimit = new("agent_limit", 409, "No more people",
        "This business has as many people as the platform administrator allows. Shut somebody out first, or ask for a higher limit.");

    public static readonly Problem MessageLimit = new("message_limit", 409, "No more messages this month",
        "This business has sent as many messages this month as the platform administrator allows. Ask for a higher limit, or wait for the first of next month (UTC).");

    public static readonly Problem StorageLimit = new("storage_limit", 409, "No more room",
        "The files of this business take as much room as the platform administrator allows. Ask for a higher limit.");

    public static readonly Problem NotEntered = new("not_entered", 409, "Not in a tenant", "This session is your own: there is nothing to leave.");

    public static readonly Problem NumberConnected = new("number_connected", 409, "Number connected",
        "This number is connected already, and a number belongs to one business alone. Change it where it is, disconnect it there first, or take another number.");

    public static readonly Problem AccountConnected = new("account_connected", 409, "Another secret",
        "Another secret is kept for this provider account, and other numbers go by it. Check that you copied the secret of the right app or account.");

    public static readonly Problem InboxFromEnvironment = new("inbox_from_environment", 409, "Set by the environment",
        "The keys of this number come from the server's environment variables. Change them there and restart.");

    public static readonly Problem MethodNotAllowed = new("method_not_allowed", 405, "Method not allowed",
        "This address exists, but not for that method. The Allow header names those it takes.");

    public static readonly Problem NotJson = new("not_json", 415, "JSON expected", "Send the body as JSON with Content-Type: application/json.");

    public static readonly Problem InsecureOrigin = new("insecure_origin", 400, "Insecure address",
        "Signing in over plain http works only on this computer. Put Relais behind https and set RELAIS_PUBLIC_URL=https://your-address.");

    public static readonly Problem Invalid = new("invalid", 400, "Invalid request", "The request cannot be read. See the fields named in errors.");

    public static readonly Problem WrongNumber = new("wrong_number", 409, "Another number",
        "That phone number is not the one of this conversation. Leave it out, or name the right conversation.");

    public static readonly Problem WindowClosed = new("window_closed", 409, "Service window closed",
        "More than 24 hours have passed since the customer's last message: WhatsApp takes only an approved template now.");

    public static readonly Problem OptedOut = new("opted_out", 409, "Opted out",
        "The customer asked to get no more messages. They can be answered once they write again.");

    public static readonly Problem ContactBlocked = new("contact_blocked", 409, "Customer blocked",
        "The business has blocked this customer. Unblock them before writing.");

    public static readonly Problem MarketingOptedOut = new("marketing_opted_out", 409, "Opted out of promotions",
        "The customer asked to get no more promotions. Answers and news of their orders may still go.");

    public static readonly Problem UtilityOptedOut = new("utility_opted_out", 409, "Opted out of notices",
        "The customer asked to get no more notices of this kind. They can be answered when they write.");

    public static readonly Problem MarketingNotGranted = new("marketing_not_granted", 409, "No consent to promotions",
        "The customer has not agreed to promotions, and this business sends them only to those who have. Record the consent first.");

    public static readonly Problem TemplateUnusable = new("template_unusable", 409, "Template cannot be sent",
        "This template cannot be sent as it is. The detail says why, and templates lists those that can.");

    public static readonly Problem ConversationClosed = new("conversation_closed", 409, "Conversation closed",
        "This conversation is closed. It goes on in a new one when the customer writes again.");

    public static readonly Problem FlowNotPublished = new("flow_not_published", 409, "The flow is not published",
        "Publish the flow first (POST /api/flows/{id}/publish): only a published version can be started.");

    public static readonly Problem FlowBusy = new("flow_busy", 409, "The customer is busy",
        "This customer is in a flow or talks with a person. Start it again when that is over.");

    public static readonly Problem NewerConversation = new("newer_conversation", 409, "A newer conversation is open",
        "The customer has written again since: go on in their open conversation.");

    public static readonly Problem ContactBusy = new("contact_busy", 409, "Not at this moment", "A message to this customer is just leaving. Try again in a few seconds.");
    public static readonly Problem ImportBusy = new("import_state", 409, "Not now", "The import is not in a state for this. Read it again (GET /api/imports/{id}): state says where it is.");
    public static readonly Problem SegmentExists = new("segment_exists", 409, "Segment exists", "Another segment has that name.");
    public static readonly Problem LabelExists = new("label_exists", 409, "Label exists", "Another label has that name.");

    public static readonly Problem KeyReused = new("idempotency_key_reused", 409, "Idempotency-Key reused",
        "This Idempotency-Key was used with another body. Use a new key for a new request.");

    public static readonly Problem KeyInProgress = new("idempotency_in_progress", 409, "Still in progress",
        "A request with this Idempotency-Key is still being carried out. Ask again in a second.");

    public static readonly Problem EmailTaken = new("email_taken", 409, "E-mail address taken",
        "Somebody signs in with this e-mail address already.");

    public static readonly Problem TooManyDocuments = new("too_many_documents", 409, "Too many documents",
        "A tenant may have 200 documents. Delete one, or put several into one file.");

    public static readonly Problem TemplateExists = new("template_exists", 409, "Template exists",
        "This account has a template of that name and language already, or one is being made. Delete it first, or take another name.");

    public static readonly Problem TemplateRefused = new("template_refused", 422, "Template refused",
        "The provider does not take this template. Its own words say why.");

    public static readonly Problem ProviderAway = new("provider_unavailable", 502, "Provider unavailable",
        "The provider could not be asked or did not answer. Try again in a moment.");

    public static readonly Problem ModelNeeded = new("model_needed", 409, "No model configured",
        "The built-in agent writes nothing new. Configure a model (PUT /api/ai/models, or a key in the installation's environment).");

    public static readonly Problem ModelUnavailable = new("model_unavailable", 502, "No model answered",
        "None of the configured models gave a usable answer. Try again in a moment; GET /api/errors says what has to be mended.");

    public static readonly Problem BudgetSpent = new("budget_spent", 429, "Budget spent",
        "The business's daily cost limit or your own share of model calls is used up for now.");

    public static readonly Problem NoCustomerMessage = new("no_customer_message", 409, "Nothing was asked",
        "The customer has written nothing that this could answer.");

    public static readonly Problem ToolNameTaken = new("tool_name_taken", 409, "Name taken",
        "Another tool or server of this business has that name already. Take another name.");

    public static readonly Problem ApprovalDecided = new("approval_decided", 409, "Decided already",
        "Somebody has approved or rejected this already.");

    public static readonly Problem SkuTaken = new("sku_taken", 409, "SKU taken",
        "Another product of this business has that sku already. Change that one, or take another sku.");

    public static readonly Problem TooManyTools = new("too_many_tools", 409, "Too many",
        "This business has as many of these as it can have. Delete one first.");

    public static readonly Problem TooManySubscriptions = new("too_many_subscriptions", 409, "Too many",
        "This business has as many webhooks as it can have. Delete one first.");

    public static readonly Problem SubscriptionOff = new("subscription_off", 409, "Webhook is off",
        "This webhook is off, so nothing is posted to it. Turn it on first (PATCH with enabled true), then replay.");

    public static readonly Problem Regression = new("regression", 409, "Simulations would fail",
        "With this change simulations fail that pass now; newly_failing names them. Mend the change or the cases, or repeat it with force=true.");

    public static readonly Problem CaseExists = new("case_exists", 409, "Case exists", "Another case has that name. Change the name, or change that case.");

    public static readonly Problem ContactExists = new("contact_exists", 409, "Customer exists",
        "There is a customer with this number already: contact_id names them.");

    public static readonly Problem OrderState = new("order_state", 409, "Not in this state", "The order's state does not allow this any more.");

    public static readonly Problem ShortcutTaken = new("shortcut_taken", 409, "Shortcut taken",
        "Another canned answer has that shortcut already. Change that one, or take another shortcut.");

    public static readonly Problem WindowWillClose = new("window_will_close", 422, "Window closed by then",
        "WhatsApp takes free text for 24 hours after the customer's last message, which will be over by then. Send it earlier, or schedule a template.");

    public static readonly Problem AlreadySent = new("already_sent", 409, "Already sent", "This message has left or was cancelled: it cannot be changed any more.");

    public static readonly Problem NotFailed = new("not_failed", 409, "Nothing to repeat",
        "This message is on its way or has arrived. Only one that failed, was taken back or is of unknown fate is sent again.");

    public static readonly Problem NoWords = new("no_words", 409, "Nothing to translate",
        "This message has no words: a file without a caption, a voice note that was not written down, or one that was deleted.");

    public static readonly Problem AlreadyMerged = new("already_merged", 409, "Merged already",
        "One of the two was merged into another customer already: merged_into names them. Merge with that one, or undo it first.");

    public static readonly Problem MergeUndone = new("merge_undone", 409, "Cannot be undone",
        "This merge was undone already, or a later merge has to be undone first.");

    public static readonly Problem TwoOpenConversations = new("two_open_conversations", 409, "Two open conversations",
        "Both customers have an open conversation on the same number, and one customer can have only one. Close one of them, or repeat with close_older=true.");

    public static readonly Problem FlowChanged = new("flow_changed", 409, "Flow changed",
        "Somebody has saved this flow since you read it. Read it again and repeat your change with its draft_revision.");

    public static readonly Problem FlowArchived = new("flow_archived", 409, "Flow archived",
        "This flow is archived. Bring it back first (PATCH with archived=false).");

    public static readonly Problem FlowNotRunnable = new("flow_not_runnable", 409, "Flow cannot run",
        "The draft has mistakes that keep it from running; report.problems names each with its step.");

    public static readonly Problem FlowTestsFailed = new("flow_tests_failed", 409, "Tests fail",
        "With this draft tests of the flow fail; tests names each with its differences. Mend the draft or the tests.");

    public static readonly Problem CampaignState = new("campaign_state", 409, "Not in this state",
        "The campaign's state does not allow this any more. Read it again: state says where it stands.");

    public static readonly Problem CampaignEmpty = new("campaign_empty", 409, "Nobody would get it",
        "No recipient is left after the check. Look at the reasons, mend the audience or the template, and check it again.");

    public static readonly Problem TooManyFlows = new("too_many_flows", 409, "Too many", "This business has as many of these as it can have.");

    public static readonly Problem FollowUpExists = new("follow_up_exists", 409, "A follow-up is open",
        "This customer has a follow-up that is proposed or under way. Change or reject that one first.");

    public static readonly Problem FollowUpClosed = new("follow_up_closed", 409, "Not open for that",
        "The follow-up was approved, ended or rejected meanwhile. Read it again.");

    public static readonly Problem FollowUpOff = new("follow_up_off", 409, "Follow-ups by hand are off",
        "An admin switched the rule by_hand off. Switch it on under Follow-ups, Rules.");

    public static IResult Refuse(Problem problem) => Refuse(problem, null, null);

    /// <summary>With a sentence of its own, or with the fields that are wrong.</summary>
    public static IResult Refuse(Problem problem, string? detail, IReadOnlyDictionary<string, string[]>? errors = null) =>
        RefuseWith(problem, detail, errors is null ? new Dictionary<string, object?>() : new Dictionary<string, object?> { ["errors"] = errors });

    /// <summary>With whatever else helps the caller, beside code and trace_id.</summary>
    public static IResult RefuseWith(Problem problem, string? detail, IReadOnlyDictionary<string, object?> more)
    {
        var extensions = new Dictionary<string, object?>(more)
        {
            ["code"] = problem.Code,
            ["trace_id"] = Activity.Current?.TraceId.ToString() ?? "",
        };

        return Results.Problem(detail ?? problem.Detail, statusCode: problem.Status, title: problem.Title,
            type: "about:blank", extensions: extensions);
    }

    public static IResult Invalid400(string field, string sentence) =>
        Refuse(Invalid, sentence, new Dictionary<string, string[]> { [field] = [sentence] });
}
