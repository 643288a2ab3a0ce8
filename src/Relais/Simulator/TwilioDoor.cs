using System.Text;

namespace Relais.Simulator;

/// <summary>Who is let in at Twilio's door: basic authentication with the account's SID and its auth token.</summary>
internal sealed class TwilioDoor(SimulatorHub hub)
{
    /// <summary>The account that asks; null when it was refused.</summary>
    public async Task<string?> Account(HttpContext context)
    {
        if (hub.AcceptsAnyToken)
        {
            return context.Request.RouteValues["sid"] as string ?? "";
        }

        var header = context.Request.Headers.Authorization.ToString();
        var bytes = new byte[512];
        if (header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)
            && Convert.TryFromBase64String(header[6..].Trim(), bytes, out var length))
        {
            var pair = Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2);
            var inPath = context.Request.RouteValues["sid"] as string ?? pair[0];
            if (pair.Length == 2 && pair[0] == inPath && hub.Numbers.Any(n =>
                n.Channel == SimulatedChannel.Twilio && n.Account == pair[0] && n.AccessToken == pair[1]))
            {
                return pair[0];
            }
        }

        await Refuse(context, 20003);
        return null;
    }

    public static Task Refuse(HttpContext context, int code, string? details = null) =>
        FaultAnswer.Error(context, SimulatedChannel.Twilio, code, details: details);
}
