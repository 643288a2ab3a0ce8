using System.Diagnostics;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Commands;

/// <summary>The recipe of the guides: sign a sample, run the printed line, and the server takes it; with another secret it does not.</summary>
public sealed class SignCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("relais-sign-test-").FullName;

    [Fact]
    public async Task The_printed_line_is_taken_by_the_server_and_refused_with_another_secret()
    {
        await using var relais = await RelaisHost.Start(DatabaseKind.Sqlite);
        var url = relais.Url.ToString().TrimEnd('/');
        var meta = Sample("meta-text.json", "YOUR_PHONE_NUMBER_ID", relais.Meta.Address);
        var twilio = Sample("twilio-text.form", "YOUR_ACCOUNT_SID", relais.Twilio.Account, "YOUR_NUMBER", relais.Twilio.Address[1..]);

        (await Posted(meta, "meta", relais.Meta.Secret, "--url", url + "/api/whatsapp/webhook")).ShouldBe("200");
        (await Posted(meta, "meta", "wrong", "--url", url + "/api/whatsapp/webhook")).ShouldBe("401");
        (await Posted(twilio, "twilio", relais.Twilio.Secret, "--url", url + "/api/whatsapp/webhook/incoming")).ShouldBe("200");
        (await Posted(twilio, "twilio", "wrong", "--url", url + "/api/whatsapp/webhook/incoming")).ShouldBe("403");

        // Twilio signs the address that it calls, wherever the line sends it.
        (await Posted(twilio, "twilio", relais.Twilio.Secret, "--url", "https://elsewhere.example/api/whatsapp/webhook/incoming", "--to", url)).ShouldBe("403");
        await Eventually.Holds(async () => await relais.Facts.Count("SELECT count(*) FROM message WHERE provider_id = 'wamid.TEST-1'") == 1
            && await relais.Facts.Count("SELECT count(*) FROM message WHERE provider_id = 'SM00000000000000000000000000000001'") == 1, "both samples became messages");
    }

    [Fact]
    public async Task Without_a_secret_or_an_address_it_says_what_is_missing()
    {
        var file = Path.Combine(folder, "it's.form");
        await File.WriteAllTextAsync(file, "Body=Bonjour");
        (await Relais("sign", file, "--provider", "twilio")).ShouldBe((1, "No secret: set TWILIO_AUTH_TOKEN, or give --secret. A number connected at the console keeps its own there."));
        (await Relais("sign", file, "--provider", "twilio", "--secret", "x")).Output.ShouldStartWith("No public address: set RELAIS_PUBLIC_URL");
        (await Relais("sign", "missing.json", "--provider", "meta", "--secret", "x")).ShouldBe((1, "There is no file missing.json."));
        var (code, output) = await Relais("sign", file, "--provider", "twilio", "--secret", "x", "--url", "https://a.example/b");
        code.ShouldBe(0);
        output.ShouldStartWith("X-Twilio-Signature: ");
        output.ShouldContain("it'\\''s.form", customMessage: "the line survives a shell");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Sample(string name, params string[] replaced)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "guides", "samples", name));
        for (var i = 0; i < replaced.Length; i += 2)
        {
            text = text.Replace(replaced[i], replaced[i + 1], StringComparison.Ordinal);
        }

        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>The status that the server answers to the line that the command prints.</summary>
    private async Task<string> Posted(string file, string provider, string secret, params string[] more)
    {
        var (code, output) = await Relais(["sign", file, "--provider", provider, "--secret", secret, .. more]);
        code.ShouldBe(0, output);
        output.ShouldNotContain(secret);
        var answer = (await Run("bash", ["-c", output.Split('\n').Last(line => line.StartsWith("curl ", StringComparison.Ordinal))])).Output;
        return answer.Split(' ')[1];
    }

    private Task<(int Code, string Output)> Relais(params string[] arguments) =>
        Run("dotnet", [Path.Combine(AppContext.BaseDirectory, "relais.dll"), "simulator", .. arguments]);

    private async Task<(int Code, string Output)> Run(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        Array.ForEach(arguments, start.ArgumentList.Add);
        foreach (var key in start.Environment.Keys.Where(k => k.StartsWith("RELAIS_", StringComparison.Ordinal) || k.StartsWith("TWILIO_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(key);
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync() + await errors;
        await process.WaitForExitAsync();
        return (process.ExitCode, output.Trim());
    }
}
