using System.Security.Cryptography;
using System.Text;
using Relais.Channels.Twilio;

namespace Relais.Commands;

/// <summary>A test call as the provider would make it: its signature, and the line that sends it.</summary>
/// <param name="Header">Name of the signature's header.</param>
/// <param name="Signature">Its value.</param>
/// <param name="Url">What is called; Twilio's signature is over exactly this address.</param>
/// <param name="ContentType">Of the body.</param>
internal sealed record SignedBody(string Header, string Signature, Uri Url, string ContentType)
{
    public const string MetaPath = "/api/whatsapp/webhook";
    public const string TwilioPath = "/api/whatsapp/webhook/incoming";

    /// <summary>HMAC-SHA256 of the bytes under the app secret; the address does not matter.</summary>
    public static SignedBody Meta(string appSecret, Uri url, byte[] body) =>
        new(Simulator.MetaSignature.Header, Simulator.MetaSignature.Of(appSecret, body), url, "application/json");

    /// <summary>HMAC-SHA1 under the auth token of the address and the form; a JSON body is named in the address by its SHA-256.</summary>
    public static SignedBody Twilio(string authToken, Uri url, byte[] body)
    {
        if (body.AsSpan().TrimStart(" \t\r\n"u8) is not [(byte)'{', ..])
        {
            return new(Simulator.TwilioSignature.Header, Simulator.TwilioSignature.Of(authToken, url.AbsoluteUri, TwilioForm.Parse(body)), url, "application/x-www-form-urlencoded");
        }

        var named = new Uri($"{url.AbsoluteUri}{(url.Query.Length > 0 ? '&' : '?')}bodySHA256={Convert.ToHexStringLower(SHA256.HashData(body))}");
        return new(Simulator.TwilioSignature.Header, Simulator.TwilioSignature.Of(authToken, named.AbsoluteUri, []), named, "application/json");
    }

    /// <summary>For a shell; <paramref name="server"/> is where it is really sent when that is not <see cref="Url"/> (the signature stays).</summary>
    public string Curl(string file, Uri? server)
    {
        var to = server is null ? Url : new Uri(server, Url.PathAndQuery);
        return new StringBuilder("curl -sS -i -X POST ").Append(Quote(to.AbsoluteUri)).Append(" -H ").Append(Quote($"Content-Type: {ContentType}"))
            .Append(" -H ").Append(Quote($"{Header}: {Signature}")).Append(" --data-binary ").Append(Quote("@" + file)).ToString();
    }

    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
