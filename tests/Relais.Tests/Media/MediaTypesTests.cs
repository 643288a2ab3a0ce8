using System.Text;
using Relais.Media;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Media;

public sealed class MediaTypesTests
{
    public static IEnumerable<TheoryDataRow<string, byte[]>> Known =>
    [
        new("image/jpeg", SampleFiles.Jpeg),
        new("image/png", SampleFiles.Png),
        new("image/gif", "GIF89a......"u8.ToArray()),
        new("image/webp", [.. "RIFF"u8, 1, 2, 3, 4, .. "WEBPVP8 "u8]),
        new("image/heic", [0, 0, 0, 24, .. "ftypheic"u8, 0, 0, 0, 0]),
        new("audio/ogg; codecs=opus", SampleFiles.Voice),
        new("audio/ogg", [.. "OggS"u8, .. new byte[24], 1, .. "vorbis"u8]),
        new("audio/mpeg", [.. "ID3"u8, 4, 0, 0, 0, 0]),
        new("audio/mpeg", [0xFF, 0xFB, 0x90, 0x64, 0, 0]),
        new("audio/aac", [0xFF, 0xF1, 0x50, 0x80, 0, 0]),
        new("audio/amr", "#!AMR\n<...."u8.ToArray()),
        new("audio/wav", [.. "RIFF"u8, 1, 2, 3, 4, .. "WAVEfmt "u8]),
        new("audio/mp4", [0, 0, 0, 24, .. "ftypM4A "u8, 0, 0, 0, 0]),
        new("audio/mp4", [0, 0, 0, 24, .. "ftypisom"u8, .. new byte[40], .. "hdlr"u8, .. new byte[8], .. "soun"u8]),
        new("video/mp4", [0, 0, 0, 24, .. "ftypisom"u8, .. new byte[40], .. "vide"u8, .. new byte[8], .. "soun"u8]),
        new("video/3gpp", [0, 0, 0, 24, .. "ftyp3gp5"u8, 0, 0, 0, 0]),
        new("video/quicktime", [0, 0, 0, 24, .. "ftypqt  "u8, 0, 0, 0, 0]),
        new("application/pdf", SampleFiles.Pdf),
        new("application/zip", [.. "PK"u8, 3, 4, .. "some.txt"u8]),
        new("application/vnd.openxmlformats-officedocument.wordprocessingml.document", [.. "PK"u8, 3, 4, .. "[Content_Types].xml..word/document.xml"u8]),
        new("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", [.. "PK"u8, 3, 4, .. "[Content_Types].xml..xl/workbook.xml"u8]),
        new("application/vnd.openxmlformats-officedocument.presentationml.presentation", [.. "PK"u8, 3, 4, .. "[Content_Types].xml..ppt/presentation.xml"u8]),
        new("application/msword", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600], .. Encoding.Unicode.GetBytes("WordDocument")]),
        new("application/vnd.ms-excel", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600], .. Encoding.Unicode.GetBytes("Workbook")]),
        new("text/plain", "Où est ma commande ? أين طلبي"u8.ToArray()),
        new("text/vcard", "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Amina\r\nEND:VCARD"u8.ToArray()),
        new("image/svg+xml", SampleFiles.Svg),
        new("image/svg+xml", [0xEF, 0xBB, 0xBF, .. SampleFiles.Svg]),
        new("image/svg+xml", Encoding.Unicode.GetBytes("<svg onload='alert(1)'/>")),
        new("text/html", SampleFiles.Html),
        new("text/html", "hello <script>alert(1)</script>"u8.ToArray()),
        new("text/xml", "<?xml version='1.0'?><a/>"u8.ToArray()),
        new("application/octet-stream", [1, 2, 0, 3, 0xFE, 0xFF]),
        new("application/octet-stream", []),
    ];

    [Theory, MemberData(nameof(Known))]
    public void The_bytes_tell_what_a_file_is(string type, byte[] bytes) => MediaTypes.Detect(bytes, []).ShouldBe(type);

    [Fact]
    public void What_can_carry_script_is_never_shown()
    {
        string[] shown = ["image/jpeg", "image/png", "image/webp", "image/gif", "audio/ogg; codecs=opus", "video/mp4", "application/pdf"];
        string[] offered = ["image/svg+xml", "text/html", "text/xml", "text/plain", "application/octet-stream", "application/zip", "text/vcard", "image/heic"];
        shown.ShouldAllBe(type => MediaTypes.IsShown(type));
        offered.ShouldAllBe(type => !MediaTypes.IsShown(type));
    }

    [Fact]
    public async Task A_character_cut_by_the_sample_does_not_make_a_text_binary()
    {
        var path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, "x" + string.Concat(Enumerable.Repeat("é", MediaTypes.Sample)));
        (await MediaTypes.Detect(path, CancellationToken.None)).ShouldBe("text/plain");
        File.Delete(path);
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\temp\\facture.pdf", "facture.pdf")]
    [InlineData("..", "")]
    [InlineData("Reçu n°7 \0\u202Egpj.exe", "Reçu n°7 gpj.exe")]
    [InlineData("a\r\nb.txt", "ab.txt")]
    [InlineData(null, "")]
    public void A_strangers_name_of_a_file_is_only_a_name(string? given, string kept)
    {
        FileNames.Clean(given).ShouldBe(kept);
        FileNames.Clean(new string('é', 400) + ".pdf").ShouldEndWith(".pdf");
        FileNames.Clean(new string('é', 400) + ".pdf").Length.ShouldBe(200);
    }
}
