using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Relais.Channels;

namespace Relais.Engine.Flows;

/// <summary>
/// A customer's message in the parameters of Twilio's webhook, whichever channel it came by: what a flow calls trigger.message and
/// widgets.X.inbound (protocol §2).
/// </summary>
internal static class FlowMessages
{
    public static FlowReply Reply(DueTurn due, TurnMessage message, string address) => new(
        Inbound(due, message, address), message.Typed ?? message.Text, message.Type, message.ChoiceId, message.ChoiceId is null ? null : message.Text);

    public static JsonObject Inbound(DueTurn due, TurnMessage message, string address)
    {
        var from = "whatsapp:" + (due.Contact.Phone ?? due.Contact.WaId ?? due.Contact.UserId ?? "");
        var inbound = new JsonObject
        {
            ["Body"] = message.Typed ?? message.Text,
            ["From"] = from,
            ["To"] = "whatsapp:" + address,
            ["MessageSid"] = message.ProviderId ?? message.Id.ToString(CultureInfo.InvariantCulture),
            ["ProfileName"] = due.Turn.ContactName ?? "",
            ["WaId"] = due.Contact.WaId ?? "",
            ["NumMedia"] = "0",
        };
        if (message.ChoiceId is { } choice)
        {
            inbound["ButtonPayload"] = choice;
            inbound["ButtonText"] = message.Text;
        }

        if (message.Payload is { } payload && Read(payload) is { } held)
        {
            AddHeld(inbound, message, held);
        }

        return inbound;
    }

    public static FlowFacts Facts(DueTurn due, string flowSid, long sessionId, string address, string language, bool isClient)
    {
        var phone = due.Contact.Phone ?? "";
        return new FlowFacts(
            "FN" + sessionId.ToString(CultureInfo.InvariantCulture), flowSid, "whatsapp:" + address, FlowFacts.ContactOf(
                "whatsapp:" + (phone.Length > 0 ? phone : due.Contact.WaId ?? due.Contact.UserId ?? ""), due.Turn.ContactName ?? "", phone, language, isClient));
    }

    private static void AddHeld(JsonObject inbound, TurnMessage message, JsonElement held)
    {
        string? Part(string name) => held.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? FlowWidget.AsText(value) : null;
        if (message.Type == "location")
        {
            inbound["Latitude"] = Part("latitude");
            inbound["Longitude"] = Part("longitude");
            inbound["Label"] = Part("name");
            inbound["Address"] = Part("address");
        }
        else if (message.Type is "image" or "video" or "audio" or "document" or "sticker")
        {
            var id = Part("media_id") ?? (held.TryGetProperty("media", out var media) && media.ValueKind == JsonValueKind.Object && media.TryGetProperty("id", out var of)
                ? FlowWidget.AsText(of) : null);
            inbound["NumMedia"] = "1";
            inbound["MediaUrl0"] = id is null ? "" : "/api/media/" + id;
            inbound["MediaContentType0"] = Part("mime_type");
        }
    }

    private static JsonElement? Read(string payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
