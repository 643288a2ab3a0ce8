using Relais.Media;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Media;

/// <summary>A few bytes that say they are 60,000 × 60,000 pixels: unpacked, they would be 14 GB.</summary>
public sealed class PixelFloods
{
    private const uint Side = 60_000;

    [Fact]
    public async Task A_flood_of_pixels_is_kept_and_shown_without_being_unpacked()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The peak of a process's memory is read from /proc.");
        await using var relais = await RelaisProcess.Create(DatabaseKind.Sqlite);
        await relais.Start();
        await relais.AddPerson("camille@desk.example", DeskClient.Password);
        using var desk = await DeskClient.SignIn(relais.Url, "camille@desk.example");
        var phone = relais.Provider.Simulator.Phone("+33610000001");
        await Round([SampleFiles.PngOf(16, 16), SampleFiles.JpegOf(16, 16), SampleFiles.WebpOf(16, 16)], 3);
        var before = await Peak(relais);
        await Round([SampleFiles.PngOf(Side, Side), SampleFiles.JpegOf(Side, Side), SampleFiles.WebpOf(Side, Side)], 6);
        (await Peak(relais) - before).ShouldBeLessThan(1024, "megabytes, at the worst moment");

        // Each is uploaded, looked at, tried as a logo, and sent by a customer; what came before is read again.
        async Task Round(byte[][] pictures, int kept)
        {
            foreach (var picture in pictures)
            {
                var id = await desk.Uploaded(picture, "picture");
                (await desk.Http.GetByteArrayAsync($"/api/media/{id}")).ShouldBe(picture);
                (await desk.Put("/api/tenant/branding", new { logo_media_id = id })).Status.ShouldBe(kept == 3 ? 200 : 400);
                await phone.SendMedia(relais.Provider.Meta, "image", (picture, "image/png", null));
            }

            await Eventually.Holds(async () => await relais.Facts.Count("SELECT count(*) FROM media WHERE direction = 1 AND state = 1") == kept, "the pictures are kept", TimeSpan.FromSeconds(30));
            (await desk.Messages(await desk.ConversationWith(phone))).Count.ShouldBeGreaterThanOrEqualTo(kept);
        }
    }

    [Theory]
    [InlineData(640u, 480u)]
    [InlineData(Side, Side)]
    public void The_size_is_read_from_the_head(uint width, uint height)
    {
        foreach (var picture in (byte[][])[SampleFiles.PngOf(width, height), SampleFiles.JpegOf(width, height), SampleFiles.WebpOf(width, height)])
        {
            PictureSize.Of(picture).ShouldBe((width, height));
            for (var length = 0; length < picture.Length; length++)
            {
                // Cut off anywhere it says the same or nothing.
                (PictureSize.Of(picture.AsSpan(0, length)) ?? (width, height)).ShouldBe((width, height));
            }
        }

        PictureSize.Of(SampleFiles.Pdf).ShouldBeNull();
    }

    /// <summary>Megabytes that the process has held at most.</summary>
    private static async Task<long> Peak(RelaisProcess relais)
    {
        var line = (await File.ReadAllLinesAsync($"/proc/{relais.Id}/status")).First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture) / 1024;
    }
}
