using System.Text.Json;
using System.Text.Json.Nodes;

namespace Relais.Simulator;

/// <summary>Who is let in at Meta's door: is it up, does the object exist, is the bearer token the number's own.</summary>
internal sealed class GraphDoor(SimulatorHub hub)
{
    /// <summary>The number in the path; null when the call was refused.</summary>
    public async Task<SimulatedNumber?> Number(HttpContext context)
    {
        var address = (string)context.Request.RouteValues["phoneNumberId"]!;
        if (hub.Faults.IsDown(address))
        {
            await Refuse(context, 2);
            return null;
        }

        if (hub.Number(SimulatedChannel.Meta, address) is not { } number)
        {
            await Refuse(context, 33, "Unsupported post request. Object with ID '" + address + "' does not exist.");
            return null;
        }

        return await LetIn(context, number) ? number : null;
    }

    /// <summary>A number of the WhatsApp Business Account in the path; null when the call was refused.</summary>
    public async Task<SimulatedNumber?> Account(HttpContext context)
    {
        var account = (string)context.Request.RouteValues["account"]!;
        if (hub.Numbers.FirstOrDefault(n => n.Channel == SimulatedChannel.Meta && n.Account == account) is not { } number)
        {
            await NotThere(context, account);
            return null;
        }

        if (hub.Faults.IsDown(number.Address))
        {
            await Refuse(context, 2);
            return null;
        }

        return await LetIn(context, number) ? number : null;
    }

    /// <summary>Whether the token is the number's; answers 190 when it is not.</summary>
    public async Task<bool> LetIn(HttpContext context, SimulatedNumber number)
    {
        if (hub.AcceptsAnyToken || HasToken(context.Request, number))
        {
            return true;
        }

        await Refuse(context, 190);
        return false;
    }

    /// <summary>The JSON of the body; null when it was refused.</summary>
    public static async Task<JsonObject?> Body(HttpContext context)
    {
        try
        {
            if (await RequestBody.Read(context.Request, context.RequestAborted) is { } raw && JsonNode.Parse(raw) is JsonObject body)
            {
                return body;
            }
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            // ArgumentException: the same name twice in one object.
        }

        await Refuse(context, 100, "The body is not a JSON object.");
        return null;
    }

    public static bool HasToken(HttpRequest request, SimulatedNumber number) =>
        request.Headers.Authorization.ToString() == "Bearer " + number.AccessToken;

    public static Task Refuse(HttpContext context, int code, string? details = null) =>
        FaultAnswer.Error(context, SimulatedChannel.Meta, code, details: details);

    public static Task NotThere(HttpContext context, string id) => Refuse(context, 100,
        $"Unsupported {context.Request.Method.ToLowerInvariant()} request. Object with ID '{id}' does not exist, cannot be loaded due to "
        + "missing permissions, or does not support this operation.");
}
