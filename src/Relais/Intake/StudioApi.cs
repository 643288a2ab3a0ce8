using System.Text.Json;
using Relais.Channels.Twilio;
using Relais.Foundation;

namespace Relais.Intake;

/// <summary>What system B's Studio flow hears after a message came in.</summary>
/// <param name="Success">Always true; errors are problem documents.</param>
/// <param name="ConversationId">To be sent with each later callback.</param>
/// <param name="SessionId">System B's session id.</param>
/// <param name="PhoneNumber">The customer's, bare E.164.</param>
/// <param name="CurrentMenu">The last menu chosen, main_menu at first.</param>
/// <param name="IsClient">True for a customer of the business: an answer, the API or an agent said so, or they have an order here.</param>
/// <param name="ProfileName">The name the customer shows.</param>
/// <param name="Message">What they wrote.</param>
/// <param name="AgentMode">True while people, or after them the AI agent, have the conversation: Studio's bot stays silent.</param>
internal sealed record StudioIncoming(
    bool Success, long ConversationId, string SessionId, string? PhoneNumber, string CurrentMenu, bool IsClient, string? ProfileName,
    string Message, bool AgentMode);

/// <summary>What each later callback hears.</summary>
/// <param name="Success">Always true.</param>
/// <param name="ConversationId">The conversation.</param>
/// <param name="Status">active, transferred or completed.</param>
/// <param name="AgentMode">True while people, or after them the AI agent, have the conversation.</param>
internal sealed record StudioAnswer(bool Success, long ConversationId, string Status, bool AgentMode);

/// <summary>
/// System B's callbacks from a Twilio Studio flow, let in by Twilio's signature or by the inbox's callback token. Neither set:
/// closed.
/// </summary>
internal static class StudioApi
{
    public static void MapStudio(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/twilio").WithTags("Studio (system B)").AllowAnonymous();
        group.MapPost("/incoming", (HttpContext http, StudioIntake studio) => Incoming(http, studio))
            .WithSummary("A customer's message, from a Studio flow (JSON answer) or from Twilio itself (TwiML answer).").Produces<StudioIncoming>();
        foreach (var verb in (string[])["menu-choice", "free-input", "agent-transfer", "complete"])
        {
            group.MapPost("/" + verb, (HttpContext http, StudioIntake studio) => Callback(http, studio, verb)).Produces<StudioAnswer>();
        }
    }

    private static async Task<IResult> Incoming(HttpContext http, StudioIntake studio)
    {
        var (refused, call) = await studio.Admit(http);
        if (call is null)
        {
            return refused!;
        }

        if (call.Fields.ContainsKey("AccountSid") && call.Fields.ContainsKey("To") && call.IsForm)
        {
            await studio.StorePlain(call);
            return TwilioWebhookApi.Twiml();
        }

        return string.IsNullOrEmpty(call.Fields.GetValueOrDefault("From"))
            ? Problems.Invalid400("From", "From is missing: send the customer's address, e.g. whatsapp:+212600000000.")
            : await studio.Incoming(call, http.RequestAborted);
    }

    private static async Task<IResult> Callback(HttpContext http, StudioIntake studio, string verb)
    {
        var (refused, call) = await studio.Admit(http);
        return call is null ? refused!
            : long.TryParse(call.Fields.GetValueOrDefault("conversation_id"), out var id) ? await studio.Callback(call, verb, id, http.RequestAborted)
            : Problems.Invalid400("conversation_id", "conversation_id is missing: it is in the answer of /api/twilio/incoming.");
    }

    /// <summary>Form or JSON fields alike, as text.</summary>
    public static Dictionary<string, string> Fields(byte[] body, bool isJson)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!isJson)
        {
            foreach (var (key, value) in TwilioForm.Parse(body))
            {
                fields[key] = CustomerText.Normalise(value);
            }

            return fields;
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                foreach (var property in document.RootElement.EnumerateObject())
                {
                    fields[property.Name] = property.Value.ValueKind == JsonValueKind.String
                        ? CustomerText.Normalise(property.Value.GetString()!)
                        : property.Value.GetRawText();
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Nothing readable: the missing fields are named to the caller.
        }

        return fields;
    }
}
