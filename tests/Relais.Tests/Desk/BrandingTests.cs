using System.Text.Json;
using Relais.Tests.Media;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Desk;

public sealed class BrandingTests
{
    [Theory, OnEveryDatabase]
    public async Task A_business_has_its_own_logo_and_colour(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var agent = await DeskClient.SignIn(relais, "Nadia", "agent");
        using var other = await DeskClient.OfAnotherTenant(relais);
        var logo = await desk.Uploaded(SampleFiles.PngOf(512, 128), "logo.png");
        (await agent.Put("/api/tenant/branding", new { color = "#0F766E" })).Refused(403, "forbidden");
        (await desk.Put("/api/tenant/branding", new { color = "teal" })).Wrong("color");
        (await desk.Put("/api/tenant/branding", new { logo_media_id = await desk.Uploaded(SampleFiles.Pdf, "a.pdf") })).Wrong("logo_media_id");
        foreach (var flood in (byte[][])[SampleFiles.PngOf(60_000, 60_000), SampleFiles.PngOf(1, 60_000), SampleFiles.JpegOf(60_000, 60_000), SampleFiles.WebpOf(60_000, 60_000)])
        {
            var refused = await desk.Put("/api/tenant/branding", new { logo_media_id = await desk.Uploaded(flood, "flood") });
            refused.Wrong("logo_media_id");
            refused.Text("detail").ShouldContain("60000 pixels");
        }

        (await desk.Put("/api/tenant/branding", new { logo_media_id = await desk.Uploaded(SampleFiles.Png, "broken.png") })).Wrong("logo_media_id");
        (await other.Put("/api/tenant/branding", new { logo_media_id = logo })).Wrong("logo_media_id");
        (await desk.Put("/api/tenant/branding", new { color = "#0F766E", logo_media_id = logo })).Ok().Text("color").ShouldBe("#0f766e");
        (await agent.Get("/api/tenant/branding")).Ok().Text("logo_media_id").ShouldBe(logo.ToString());
        (await other.Get("/api/tenant/branding")).Ok().Body.GetProperty("color").ValueKind.ShouldBe(JsonValueKind.Null);
        (await desk.Put("/api/tenant/branding", new { })).Ok().Body.GetProperty("logo_media_id").ValueKind.ShouldBe(JsonValueKind.Null);
    }
}
