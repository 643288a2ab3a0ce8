using System.Net.Http.Headers;
using System.Text;
using Relais.Foundation;
using Relais.Tenants.Entry;
using Relais.Tests.Support;
using Shouldly;

namespace Relais.Tests.Tenants.Entry;

/// <summary>What the tests of signing in say often.</summary>
internal static class EntryStage
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>What an app shows now for the secret that it was given.</summary>
    public static string CodeNow(this RelaisHost relais, string secret, int steps = 0) => Totp.Code(Bytes(secret), Totp.StepAt(relais.Clock.Micros) + steps);

    /// <summary>What base32 stands for.</summary>
    public static byte[] Bytes(string secret)
    {
        var bits = string.Concat(secret.Select(c => Convert.ToString(Alphabet.IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }

    public static void NextStep(this RelaisHost relais) => relais.Clock.Advance(TimeSpan.FromMicroseconds(Totp.StepMicros));

    /// <summary>Sets an app up; its secret and the recovery codes.</summary>
    public static async Task<(string Secret, List<string> Codes)> SetUpApp(this RelaisHost relais, DeskClient desk, string password = DeskClient.Password)
    {
        var secret = (await desk.Post("/api/auth/totp/setup", new { password })).Ok().Text("secret");
        var codes = (await desk.Post("/api/auth/totp/confirm", new { code = relais.CodeNow(secret) })).Ok().Body.GetProperty("recovery_codes");
        return (secret, [.. codes.EnumerateArray().Select(code => code.GetString()!)]);
    }

    public static Task<ApiAnswer> Login(this DeskClient nobody, string email, string password = DeskClient.Password) =>
        nobody.Post("/api/auth/login", new { email, password });

    public static async Task<string> TicketFor(this DeskClient nobody, string email)
    {
        var answer = await nobody.Login(email);
        answer.Refused(401, "totp_required");
        answer.Response.Headers.Contains("Set-Cookie").ShouldBeFalse();
        return answer.Text("ticket");
    }

    public static Task<ApiAnswer> Code(this DeskClient nobody, string ticket, string code) => nobody.Post("/api/auth/login/totp", new { ticket, code });

    /// <summary>Somebody with that token from here on.</summary>
    public static DeskClient As(RelaisHost relais, string token)
    {
        var desk = DeskClient.WithoutCookies(relais);
        desk.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return desk;
    }

    /// <summary>The link in a mail, however it was encoded.</summary>
    public static string Link(this CaughtMail mail)
    {
        var parts = mail.Text.ReplaceLineEndings("\n").Split("\n\n", 2);
        var text = parts[0].Contains("base64", StringComparison.OrdinalIgnoreCase)
            ? Encoding.UTF8.GetString(Convert.FromBase64String(parts[1].Replace("\n", "", StringComparison.Ordinal)))
            : parts[1].Replace("=\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);
        return text.Split('\n', ' ').Select(word => word.Trim()).First(word => word.Contains("/reset#", StringComparison.Ordinal));
    }
}
