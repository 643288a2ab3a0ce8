using System.Security.Cryptography;
using Relais.Commands;
using Relais.Foundation;
using Relais.Storage;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Commands;

/// <summary>What <c>relais check</c> says: each line that has to be mended ends it with 1 and says how.</summary>
public sealed class CheckCommandTests : IDisposable
{
    private const string Mend = "Mend the lines marked ✗, then run it again.";
    private const string Fits = "Everything that is configured fits.";

    private readonly string folder = Directory.CreateTempSubdirectory("relais-check-test-").FullName;

    [Theory]
    [InlineData("RELAIS_DATABSE=x", "RELAIS_DATABSE is not a setting of Relais. Remove it, or look for its right name in docs/operate/install.md.")]
    [InlineData("PORT=http", "PORT is 'http'; it has to be a number from 1 to 65535.")]
    [InlineData("RELAIS_PUBLIC_URL=ftp://x", "RELAIS_PUBLIC_URL is 'ftp://x'; it has to be an address such as https://relais.example.com.")]
    [InlineData("RELAIS_QUIET_MS=9000", "RELAIS_QUIET_MS is '9000'; it has to be a number from 0 to 5000.")]
    [InlineData("RELAIS_LANGUAGE=de", "RELAIS_LANGUAGE is 'de'; it has to be one of fr, en, ar.")]
    [InlineData("RELAIS_ROLES=web,cook", "RELAIS_ROLES takes web, workers, or both with a comma.")]
    [InlineData("RELAIS_ORIGINS=*", "RELAIS_ORIGINS has '*'; it takes origins such as https://desk.example.com, with commas between them.")]
    [InlineData("RELAIS_TRUSTED_PROXIES=proxy", "RELAIS_TRUSTED_PROXIES names 'proxy'; it takes IP addresses and networks such as 10.0.0.0/8, with commas between them.")]
    [InlineData("RELAIS_SMTP_URL=mail", "RELAIS_SMTP_URL is written like smtp://user:password@mail.example.com:587.")]
    [InlineData("RELAIS_SMTP_URL=smtp://mail.example.com:465 RELAIS_MAIL_FROM=a@b.example", "port 465 (TLS from the first byte) is not supported, use the server's port for STARTTLS, usually 587.")]
    [InlineData("RELAIS_SMTP_URL=smtp://mail.example.com:587", "RELAIS_MAIL_FROM is missing or no e-mail address: set the address that mail to the team comes from, such as relais@example.com.")]
    [InlineData("RELAIS_SMTP_URL=smtp://u:p@mail.example.com:587?tls=off RELAIS_MAIL_FROM=a@b.example", "RELAIS_SMTP_URL has a password and tls=off: it would leave in the clear. Take one of them away.")]
    [InlineData("RELAIS_OIDC_CLIENT_SECRET=s", "RELAIS_OIDC_CLIENT_SECRET is set without RELAIS_OIDC_ISSUER and RELAIS_OIDC_CLIENT_ID. Set those too, or take it away.")]
    [InlineData("RELAIS_OIDC_ISSUER=sso RELAIS_OIDC_CLIENT_ID=c", "RELAIS_OIDC_ISSUER is the https address of your identity provider, such as https://sso.example.com/realms/shop.")]
    [InlineData("RELAIS_OIDC_ISSUER=https://sso.example.com", "RELAIS_OIDC_CLIENT_ID is missing: register Relais at the identity provider and set the client id it gives.")]
    [InlineData("RELAIS_DATABASE=mysql://x", "Database: RELAIS_DATABASE has to be sqlite:PATH (such as sqlite:data/relais.db) or postgres://USER:PASSWORD@HOST/NAME.")]
    [InlineData("RELAIS_DATABASE=postgres://u:p@127.0.0.1", "Database: RELAIS_DATABASE names no database: write postgres://USER:PASSWORD@HOST/NAME.")]
    [InlineData("RELAIS_DATABASE=postgres://u:p@127.0.0.1:1/relais", "Database: PostgreSQL cannot be reached:")]
    [InlineData("WHATSAPP_ACCESS_TOKEN=t", "area=whatsapp Meta: incomplete, missing WHATSAPP_PHONE_NUMBER_ID, WHATSAPP_APP_SECRET, WHATSAPP_WEBHOOK_VERIFY_TOKEN")]
    [InlineData("TWILIO_ACCOUNT_SID=AC", "area=whatsapp Twilio: incomplete, missing TWILIO_AUTH_TOKEN, TWILIO_WHATSAPP_NUMBER")]
    [InlineData("TWILIO_ACCOUNT_SID=AC TWILIO_AUTH_TOKEN=t TWILIO_WHATSAPP_NUMBER=+14155238886", "add the line WEBHOOK_BASE_URL=https://… (the address Twilio calls)")]
    [InlineData("TWILIO_ACCOUNT_SID=AC TWILIO_AUTH_TOKEN=t TWILIO_WHATSAPP_NUMBER=me APP_URL=https://a.example", "TWILIO_WHATSAPP_NUMBER is not a phone number: write it like whatsapp:+14155238886")]
    public async Task What_is_set_wrongly_is_one_line_to_mend(string set, string sentence)
    {
        var (code, lines) = await Check(Of(set));
        code.ShouldBe(1);
        lines.Where(l => l.StartsWith('✗')).ShouldHaveSingleItem().ShouldContain(sentence);
        lines[^1].ShouldBe(Mend);
    }

    [Theory]
    [InlineData("", "· area=whatsapp Meta: not configured (WHATSAPP_ACCESS_TOKEN is missing)")]
    [InlineData("", "· area=whatsapp Twilio: not configured (TWILIO_ACCOUNT_SID is missing)")]
    [InlineData("", "· area=ai OpenAI: not configured (OPENAI_API_KEY is missing); the built-in agent answers")]
    [InlineData("", "· Database: none yet; the first start makes it.")]
    [InlineData("ANTHROPIC_API_KEY=k", "· area=ai Anthropic: configured; the built-in agent answers when it fails")]
    [InlineData("WHATSAPP_ACCESS_TOKEN=t WHATSAPP_PHONE_NUMBER_ID=1 WHATSAPP_APP_SECRET=s WHATSAPP_WEBHOOK_VERIFY_TOKEN=v", "· area=whatsapp Meta: configured")]
    [InlineData("TWILIO_ACCOUNT_SID=AC TWILIO_AUTH_TOKEN=t TWILIO_WHATSAPP_NUMBER=+14155238886 APP_URL=https://a.example", "· area=whatsapp Twilio: configured")]
    public async Task What_is_right_or_left_out_is_told_and_nothing_is_made(string set, string line)
    {
        var (code, lines) = await Check(Of(set));
        lines.ShouldContain(line);
        (code, lines[^1]).ShouldBe((0, Fits));
        Directory.GetFileSystemEntries(folder).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_runtime_without_the_newest_fixes_is_told()
    {
        (await Check(Of(""))).ShouldSay(0, $"· .NET: {Environment.Version}.", Fits);
        (await Check(Of(""), new Version(10, 0, 0))).ShouldSay(
            1, $"✗ .NET: 10.0.0 is older than {RuntimePatch.Built}, with which this was built: security fixes are missing. Update the ASP.NET Core runtime.", Mend);
    }

    [Theory, OnEveryDatabase]
    public async Task An_empty_database_is_left_to_the_first_start(DatabaseKind kind)
    {
        await using var database = await TestDatabase.CreateEmpty(kind);
        if (kind == DatabaseKind.Sqlite)
        {
            await File.WriteAllBytesAsync(database.Address["sqlite:".Length..], []);
        }

        (await Check(Of($"RELAIS_DATABASE={database.Address}"))).ShouldSay(0, $"· Database: {Name(kind)} answers.", "· Schema: none yet; the first start makes it.", Fits);
    }

    [Theory, OnEveryDatabase]
    public async Task An_installation_is_looked_at_line_by_line(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var settings = relais.Settings;
        var (key, known) = (settings.KeyFile, Migrator.All[^1].Number);
        (await Check(settings)).ShouldSay(0, $"· Database: {Name(kind)} answers.", $"· Schema: {known}, up to date.", $"· Key file: {key} fits.", Fits);

        await relais.Facts.Query<long>("UPDATE outbound_hold SET state = 1, since = 1 RETURNING state");
        (await Check(settings)).ShouldSay(0, "· Outbound: HELD since a restore, nothing is sent. `relais release` lets messages leave.", Fits);
        await relais.Facts.Query<long>("UPDATE outbound_hold SET state = 2 RETURNING state");
        (await Check(settings)).ShouldSay(1, "✗ Restore: it did not end. Run `relais restore` again.", Mend);
        await relais.Facts.Query<long>("UPDATE outbound_hold SET state = 0, since = NULL RETURNING state");

        var right = await File.ReadAllTextAsync(key);
        var other = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        await File.WriteAllTextAsync(key, other + "\n");
        (await Check(settings)).ShouldSay(1, $"✗ Key file: {key} is not the one this database was made with. Put that one back, or set RELAIS_KEY_FILE.", Mend);
        await File.WriteAllTextAsync(key, other + "\n" + right);
        (await Check(settings)).ShouldSay(0, $"· Key file: {key} holds 2 keys; `relais secrets rotate` ends the rotation.", Fits);
        await File.WriteAllTextAsync(key, "words");
        (await Check(settings)).ShouldSay(1, $"✗ Key file: The key file {key} does not hold 32 bytes in base64 on each line. Restore the one this database was made with.", Mend);
        File.Delete(key);
        (await Check(settings)).ShouldSay(1, $"✗ Key file: {key} is not there, and keys in the database are sealed under it. Put it back, or set RELAIS_KEY_FILE.", Mend);
        await relais.Facts.Query<long>("UPDATE inbox SET access_token = NULL RETURNING id");
        (await Check(settings)).ShouldSay(0, $"· Key file: none yet; the first start makes {key}.", Fits);
        await File.WriteAllTextAsync(key, right);

        await relais.Facts.Query<long>("DELETE FROM schema_version WHERE number = @known RETURNING number", new { known });
        (await Check(settings)).ShouldSay(0, $"· Schema: {Migrator.All[^2].Number}; the next start brings it to {known}. Make a backup first: relais backup --to FILE.", Fits);
        await relais.Facts.Query<long>("INSERT INTO schema_version (number, name, applied_at) VALUES (9999, 'later', 0) RETURNING number");
        (await Check(settings)).ShouldSay(1, $"✗ Schema: 9999, and this program knows up to {known}. Run the newer version, or restore a backup made before the upgrade.", Mend);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static string Name(DatabaseKind kind) => kind == DatabaseKind.Sqlite ? "sqlite" : "postgres";

    /// <summary>Settings of their own, in a folder where nothing is.</summary>
    private Settings Of(string set) => Settings.From(set.Split(' ', StringSplitOptions.RemoveEmptyEntries).Prepend($"RELAIS_DATA={folder}")
        .Select(s => s.Split('=', 2)).Select(s => KeyValuePair.Create(s[0], s[1])));

    private static async Task<(int Code, string[] Lines)> Check(Settings settings, Version? running = null)
    {
        using var told = new StringWriter();
        var code = await CheckCommand.Check(settings, running ?? RuntimePatch.Running, told, TestContext.Current.CancellationToken);
        return (code, told.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }
}

/// <summary>What a check came to.</summary>
internal static class CheckSaid
{
    public static void ShouldSay(this (int Code, string[] Lines) said, int code, params string[] lines)
    {
        said.Code.ShouldBe(code, string.Join('\n', said.Lines));
        foreach (var line in lines)
        {
            said.Lines.ShouldContain(line);
        }
    }
}
