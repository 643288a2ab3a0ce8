using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Relais.Simulator.Sends;

namespace Relais.Simulator;

/// <summary>Twilio's Messages resource (create, list) and its typing indicator.</summary>
internal sealed class TwilioApi(SimulatorHub hub, TwilioDoor door, TwilioSend contents)
{
    private static readonly byte[] Success = "{\"success\":true}"u8.ToArray();

    public async Task Create(HttpContext context)
    {
        if (await door.Account(context) is not { } sid)
        {
            return;
        }

        if (await RequestBody.Read(context.Request, context.RequestAborted) is not { } raw)
        {
            await Refuse(context, 21617);
            return;
        }

        var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(raw));
        var number = Strip(Text(form, "From")) is { } from ? hub.Number(SimulatedChannel.Twilio, from) : null;
        var to = Strip(Text(form, "To"));
        if (Problem(form, number, sid, to) is { } code)
        {
            await Refuse(context, code);
            return;
        }

        if (hub.Faults.IsDown(number!.Address))
        {
            await Refuse(context, 20503);
            return;
        }

        var phone = hub.FindPhone(to!);
        var isNumber = E164.TryRead(to, out _);
        if (phone is null && !isNumber)
        {
            await Refuse(context, 21211);
            return;
        }

        var reading = await contents.Read(number, phone, form, context.RequestAborted);
        if (reading.Problem is { } problem)
        {
            await TwilioDoor.Refuse(context, problem.Code, problem.Details);
            return;
        }

        phone ??= hub.Phone(to!);
        var fault = hub.Faults.TakeForAnswer(number.Address, isNumber ? phone.Number : to!);
        if (fault is { Accepts: false })
        {
            await FaultAnswer.Write(context, fault, SimulatedChannel.Twilio, [], 201);
            return;
        }

        var callback = Text(form, "StatusCallback");
        var send = new SendRequest(
            number, phone, reading.Type, reading.Text, Reference(callback), callback, reading.Choices, raw) { Extra = reading.Extra };

        // Twilio takes a message outside the window and reports it as undelivered afterwards.
        var accepted = await hub.Accept(send, reading.FailsLater, context.RequestAborted);
        var answer = ProviderJson.Bytes(Resource(number, accepted, to!));
        await (fault is null
            ? FaultAnswer.Json(context, 201, answer)
            : FaultAnswer.Write(context, fault, SimulatedChannel.Twilio, answer, 201));
    }

    /// <summary>What was sent, newest first: how a client finds out whether a send that timed out was taken.</summary>
    public async Task List(HttpContext context)
    {
        if (await door.Account(context) is null)
        {
            return;
        }

        var query = context.Request.Query;
        var to = Strip(query["To"]);
        var from = Strip(query["From"]);
        var size = int.TryParse(query["PageSize"], CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, 1000) : 50;
        var messages = new JsonArray();

        // The last 20,000 are more than any look-up after a time-out reaches back.
        foreach (var send in hub.AcceptedAfter(hub.AcceptedTotal - 20_000).Reverse())
        {
            if (send.Channel == SimulatedChannel.Twilio && (to is null || send.To == to) && (from is null || send.Number == from)
                && hub.Number(SimulatedChannel.Twilio, send.Number) is { } number)
            {
                messages.Add(Resource(number, send, send.To));
            }

            if (messages.Count == size)
            {
                break;
            }
        }

        await FaultAnswer.Json(context, 200, ProviderJson.Bytes(
            new JsonObject { ["messages"] = messages, ["page"] = 0, ["page_size"] = size, ["next_page_uri"] = null }));
    }

    /// <summary>GET /2010-04-01/Accounts/{sid}.json: who the account is, and whether it is active.</summary>
    public async Task Describe(HttpContext context)
    {
        if (await door.Account(context) is { } sid)
        {
            await FaultAnswer.Json(context, 200, ProviderJson.Bytes(new JsonObject
            {
                ["sid"] = sid, ["friendly_name"] = "Simulator", ["status"] = "active", ["type"] = "Full",
            }));
        }
    }

    /// <summary>Shows "typing" and marks the message read.</summary>
    public async Task Typing(HttpContext context)
    {
        if (await door.Account(context) is null)
        {
            return;
        }

        var raw = await RequestBody.Read(context.Request, context.RequestAborted) ?? [];
        var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(raw));
        hub.MarkSeen(null, Text(form, "messageId") ?? "", typing: true);
        await FaultAnswer.Json(context, 200, Success);
    }

    private static int? Problem(
        Dictionary<string, StringValues> form, SimulatedNumber? number, string sid, string? to)
    {
        var callback = Text(form, "StatusCallback");
        return to is null ? Text(form, "To") is null ? 21604 : 21211
            : Text(form, "From") is null ? 21603
            : number is null || number.Account != sid ? 63007
            : callback is not null && !Uri.TryCreate(callback, UriKind.Absolute, out _) ? 21609
            : null;
    }

    private JsonObject Resource(SimulatedNumber number, AcceptedSend send, string to)
    {
        var path = $"/2010-04-01/Accounts/{number.Account}/Messages/{send.ProviderId}";
        var at = send.At.ToString("r", CultureInfo.InvariantCulture).Replace("GMT", "+0000", StringComparison.Ordinal);
        return new JsonObject
        {
            ["account_sid"] = number.Account,
            ["api_version"] = "2010-04-01",
            ["body"] = send.Text,
            ["date_created"] = at,
            ["date_sent"] = null,
            ["date_updated"] = at,
            ["direction"] = "outbound-api",
            ["error_code"] = null,
            ["error_message"] = null,
            ["from"] = "whatsapp:" + number.Address,
            ["messaging_service_sid"] = null,
            ["num_media"] = send.Type is "image" or "video" or "audio" or "document" or "sticker" ? "1" : "0",
            ["num_segments"] = "1",
            ["price"] = null,
            ["price_unit"] = null,
            ["sid"] = send.ProviderId,
            ["status"] = "queued",
            ["subresource_uris"] = new JsonObject { ["media"] = path + "/Media.json" },
            ["to"] = "whatsapp:" + to,
            ["uri"] = path + ".json",
        };
    }

    private static string? Strip(string? address) =>
        address is not null && address.StartsWith("whatsapp:", StringComparison.Ordinal) && address.Length > 9 ? address[9..] : null;

    private static string? Reference(string? callback) =>
        Uri.TryCreate(callback, UriKind.Absolute, out var uri)
            && QueryHelpers.ParseQuery(uri.Query).TryGetValue("message", out var message) ? message.ToString() : null;

    private static string? Text(Dictionary<string, StringValues> form, string name) =>
        form.TryGetValue(name, out var value) ? value[0] : null;

    private static Task Refuse(HttpContext context, int code) => TwilioDoor.Refuse(context, code);
}
