using System.Diagnostics;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Commands;

/// <summary>System E's manual scripts: the program itself, beside a server's database.</summary>
public sealed class FollowUpCommandTests
{
    [Theory, OnEveryDatabase]
    public async Task Planning_dry_writes_nothing_planning_proposes_and_running_sends_what_was_approved(DatabaseKind kind)
    {
        await using var relais = await RelaisProcess.Create(kind);
        var meta = relais.Provider.Meta;
        await relais.Start();
        await relais.AddPerson("camille@desk.example", DeskClient.Password);
        var phone = relais.Provider.Simulator.Phone("+33611119081");
        await phone.Say(meta, "Bonjour");
        await phone.Receives(meta, 1);
        using var desk = await DeskClient.SignIn(relais.Url, "camille@desk.example");
        (await desk.Patch("/api/tenant", new { quiet_hours = new { from = "00:00", until = "00:00" } })).Ok();
        (await desk.Put("/api/follow-ups/holidays", new { country = false })).Ok();

        var (code, output) = await Run(relais, "plan", "--dry-run", "--contact", "+33 6 11 11 90 81");
        output.ShouldContain("prendre de vos nouvelles");
        output.ShouldContain("1 planned; nothing was written.");
        code.ShouldBe(0);
        (await relais.Facts.Count("SELECT count(*) FROM follow_up_plan")).ShouldBe(0);
        (await Run(relais, "plan", "--contact", "+33600000000")).Code.ShouldNotBe(0);

        // As system E named the phone it tried things on.
        (code, output) = await Run(relais, "plan", ("TARGET_PHONE_NUMBER", "whatsapp:+33611119081"));
        output.ShouldContain("1 planned; approve them");
        (await relais.Facts.Count("SELECT count(*) FROM follow_up_plan WHERE state = 'proposed'")).ShouldBe(1);
        var id = (await desk.Get("/api/follow-ups?state=proposed")).Ok().Body.GetProperty("items")[0].Text("id");
        (await desk.Post($"/api/follow-ups/{id}/approve")).Ok();
        (await Run(relais, "run")).Code.ShouldBe(0);
        await Eventually.Holds(() => Task.FromResult(phone.Received(meta).Count(t => t.Contains("prendre de vos nouvelles", StringComparison.Ordinal)) == 1), "it is sent");
        await Ledger.Draw(relais.Provider, relais.Facts, TimeSpan.FromSeconds(20));
        phone.Received(meta).Count(t => t.Contains("prendre de vos nouvelles", StringComparison.Ordinal)).ShouldBe(1, "whether the worker or the shell was first");
    }

    private static Task<(int Code, string Output)> Run(RelaisProcess relais, params string[] arguments) => Run(relais, arguments, []);

    private static Task<(int Code, string Output)> Run(RelaisProcess relais, string verb, (string, string) setting) => Run(relais, [verb], [setting]);

    private static async Task<(int Code, string Output)> Run(RelaisProcess relais, string[] arguments, (string Key, string Value)[] more)
    {
        var start = new ProcessStartInfo("dotnet") { WorkingDirectory = relais.Folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "relais.dll"));
        start.ArgumentList.Add("follow-up");
        Array.ForEach(arguments, start.ArgumentList.Add);
        foreach (var key in start.Environment.Keys.Where(k => k.StartsWith("RELAIS_", StringComparison.Ordinal) || k.EndsWith("_API_KEY", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(key);
        }

        foreach (var (key, value) in relais.Settings.Select(s => (s.Key, s.Value)).Concat(more))
        {
            start.Environment[key] = value;
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync() + await errors;
        await process.WaitForExitAsync();
        return (process.ExitCode, output);
    }
}
