using System.Text.Json;
using System.Text.Json.Nodes;
using Relais.Simulator.Sends;

namespace Relais.Simulator;

/// <summary>
/// Meta's <c>POST /{version}/{phone_number_id}/messages</c>: sends, and "read" with or without a typing indicator. Order of
/// checks as Meta's: is it up, who asks, is it well formed, may it be sent; only then do programmed faults apply.
/// </summary>
internal sealed class GraphApi(SimulatorHub hub, GraphDoor door, GraphContent contents)
{
    private static readonly byte[] Success = "{\"success\":true}"u8.ToArray();

    public async Task Messages(HttpContext context)
    {
        if (await door.Number(context) is not { } number)
        {
            return;
        }

        if (await RequestBody.Read(context.Request, context.RequestAborted) is not { } raw)
        {
            await Refuse(context, 100, "The request is too large.");
            return;
        }

        try
        {
            using var json = JsonDocument.Parse(raw);
            await Handle(context, number, json.RootElement, raw);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a value of the wrong kind, or a string with half a surrogate pair.
            await Refuse(context, 100, "The body could not be read as a message.");
        }
    }

    private async Task Handle(HttpContext context, SimulatedNumber number, JsonElement body, byte[] raw)
    {
        if (Text(body, "messaging_product") != "whatsapp")
        {
            await Refuse(context, 100, "The parameter messaging_product is required.");
            return;
        }

        if (Text(body, "status") == "read")
        {
            hub.MarkSeen(number, Text(body, "message_id") ?? "", body.TryGetProperty("typing_indicator", out _));
            await FaultAnswer.Json(context, 200, Success);
            return;
        }

        var type = Text(body, "type") ?? "text";
        var input = Text(body, "to") is { Length: > 0 } to ? to : Text(body, "recipient");
        if (string.IsNullOrEmpty(input))
        {
            await Refuse(context, 100, "The parameter to is required.");
            return;
        }

        if (!body.TryGetProperty(type, out var content) || content.ValueKind == JsonValueKind.Null)
        {
            await Refuse(context, 100, $"The parameter {type} is required.");
            return;
        }

        var phone = hub.FindPhone(input);
        var isNumber = E164.TryRead(input, out _);
        var reading = contents.Read(number, phone, type, content);
        if (reading.Problem is { } problem)
        {
            await Refuse(context, problem.Code, problem.Details);
            return;
        }

        if (phone is null && !isNumber)
        {
            await Refuse(context, input.Contains('.', StringComparison.Ordinal) ? 131026 : 100, "The recipient is not a WhatsApp user.");
            return;
        }

        if (phone?.ChatWith(number).IsBlockedByBusiness == true)
        {
            await Refuse(context, 130403);
            return;
        }

        if (type != "template" && !hub.IsInWindow(phone, number))
        {
            await Refuse(context, 131047);
            return;
        }

        phone ??= hub.Phone(input);
        var fault = hub.Faults.TakeForAnswer(number.Address, isNumber ? phone.Number : input);
        if (fault is { Accepts: false })
        {
            await FaultAnswer.Write(context, fault, SimulatedChannel.Meta, [], 200);
            return;
        }

        var send = new SendRequest(
            number, phone, type, reading.Text, Text(body, "biz_opaque_callback_data"), null, reading.Choices, raw)
        {
            Extra = reading.Extra, Reaction = reading.Reaction, Quotes = body.TryGetProperty("context", out var quoted) ? Text(quoted, "message_id") : null,
        };
        var accepted = await hub.Accept(send, reading.FailsLater, context.RequestAborted);
        var answer = ProviderJson.Bytes(Answer(accepted, phone, input, isNumber));
        await (fault is null
            ? FaultAnswer.Json(context, 200, answer)
            : FaultAnswer.Write(context, fault, SimulatedChannel.Meta, answer, 200));
    }

    // A send to a business-scoped user id is answered with that id and no wa_id.
    private static JsonObject Answer(AcceptedSend accepted, SimulatedPhone phone, string input, bool isNumber) => new()
    {
        ["messaging_product"] = "whatsapp",
        ["contacts"] = new JsonArray(isNumber
            ? new JsonObject { ["input"] = input, ["wa_id"] = phone.WaId }
            : new JsonObject { ["input"] = input, ["user_id"] = phone.UserId }),
        ["messages"] = new JsonArray(new JsonObject { ["id"] = accepted.ProviderId }),
    };

    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static Task Refuse(HttpContext context, int code, string? details = null) =>
        GraphDoor.Refuse(context, code, details);
}
