using System.Diagnostics;
using System.Globalization;
using Relais.Rig;

namespace Relais.Chaos.Scenarios;

/// <summary>SIGKILL at random moments of a campaign: each recipient gets it once, or the message is known to be in doubt. Without kills a measurement.</summary>
internal static class CampaignKills
{
    /// <summary>As in Campaigns/Sending/CampaignPace.</summary>
    private const double CampaignShare = 0.8;

    /// <param name="database">Empty.</param>
    /// <param name="recipients">Customers in the file.</param>
    /// <param name="kills">How many.</param>
    /// <param name="perSecond">The campaign's pace.</param>
    /// <param name="seed">Repeats the run as far as chance decides it.</param>
    /// <param name="say">Where progress is told.</param>
    /// <returns>The line to print, and whether all was well.</returns>
    public static async Task<(string Line, bool IsGood)> Run(TestDatabase database, int recipients, int kills, double perSecond, int seed, Action<string> say)
    {
        var random = new Random(seed);
        var folder = Directory.CreateTempSubdirectory("relais-campaign-");
        try
        {
            await using var provider = await ProviderHost.Start();
            provider.Simulator.Redelivery = new Simulator.RedeliveryPolicy(50, TimeSpan.FromMilliseconds(300));
            provider.Simulator.AcceptedCap = 4 * recipients;
            provider.Simulator.PhoneCap = 2 * recipients;
            await using var server = new RelaisProcess(database, provider, folder.FullName);

            // A campaign leaves a fifth of the number's rate to answers; the campaign's own pace is what is measured.
            server.Set("RELAIS_SEND_RATE", Math.Ceiling(perSecond / CampaignShare).ToString(CultureInfo.InvariantCulture));
            await server.Start();
            await server.AddPerson(CampaignDriver.Email, CampaignDriver.Password);
            using var driver = new CampaignDriver(server.Url, provider, server.Facts);
            await driver.Prepare(recipients, perSecond);
            var filling = Stopwatch.StartNew();
            await driver.Check();
            filling.Stop();
            say($"{recipients} recipients checked in {filling.Elapsed.TotalSeconds:F1} s");
            var sending = Stopwatch.StartNew();
            await driver.Act("start");
            var done = 0;
            for (; done < kills && await driver.State() == "running"; done++)
            {
                await Task.Delay(random.Next(200, 1500));
                await server.Kill();
                await server.Start();
            }

            await driver.Becomes("done", TimeSpan.FromMinutes(20));
            sending.Stop();
            var (wrong, uncertain) = await driver.Judge();
            var rate = recipients / sending.Elapsed.TotalSeconds;
            var line = $"{database.Kind.ToString().ToLowerInvariant()}: {(wrong.Count == 0 ? "good" : "BAD")} {recipients} recipients, {done} kills, {uncertain} uncertain, "
                + $"checked {recipients / filling.Elapsed.TotalSeconds:F0}/s, all left in {sending.Elapsed.TotalSeconds:F1} s ({rate:F0}/s, {1 - (rate / perSecond):P1} under the pace), peak memory {PeakMegabytes(server.Id)} MB";
            return (wrong.Count == 0 ? line : $"{line} | {string.Join("; ", wrong.Take(5))}", wrong.Count == 0);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Of the last start: the most that was resident at once.</summary>
    private static long PeakMegabytes(int process) => File.ReadLines($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/status")
        .Where(l => l.StartsWith("VmHWM:", StringComparison.Ordinal))
        .Select(l => long.Parse(l["VmHWM:".Length..^2], CultureInfo.InvariantCulture) / 1024).FirstOrDefault();
}
