using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Relais.Media;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Media;

/// <summary>Files that people bring, and how they are given out again.</summary>
public sealed class ServingTests
{
    [Theory, OnEveryDatabase]
    public async Task A_file_is_known_by_its_bytes_and_kept_once(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        var first = (await desk.Upload(SampleFiles.Jpeg, "../../Photo d'été.png")).Ok();
        first.Status.ShouldBe(201);
        first.Text("mime_type").ShouldBe("image/jpeg", "whatever it is called");
        first.Text("kind").ShouldBe("image");
        first.Text("filename").ShouldBe("Photo d'été.png");
        first.Body.GetProperty("size").GetInt64().ShouldBe(SampleFiles.Jpeg.Length);
        (await desk.Upload(SampleFiles.Jpeg, "../../Photo d'été.png")).Text("id").ShouldBe(first.Text("id"));
        var renamed = (await desk.Upload(SampleFiles.Jpeg, "autre.jpg")).Ok();
        renamed.Text("id").ShouldNotBe(first.Text("id"));

        var files = relais.Services.GetRequiredService<MediaFiles>();
        Directory.EnumerateFiles(files.Folder, "*", SearchOption.AllDirectories).Where(f => Path.GetFileName(f) != "database").ShouldBe([files.PathOf(SampleFiles.Sha(SampleFiles.Jpeg))]);
        Should.Throw<ArgumentException>(() => files.PathOf("../../../etc/passwd"));
        Should.Throw<ArgumentException>(() => files.PathOf(new string('.', 64)));

        using var answer = await desk.Http.GetAsync($"/api/media/{first.Text("id")}");
        answer.Headers.ETag!.Tag.ShouldBe($"\"{SampleFiles.Sha(SampleFiles.Jpeg)}\"");
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Content-Security-Policy").ShouldBe(["sandbox; default-src 'none'"]);
        answer.Headers.CacheControl!.ToString().ShouldContain("private");
        answer.Content.Headers.GetValues("Content-Disposition").Single().ShouldBe("inline; filename=\"Photo d'_t_.png\"; filename*=UTF-8''Photo%20d%27%C3%A9t%C3%A9.png");

        using var part = new HttpRequestMessage(HttpMethod.Get, $"/api/media/{first.Text("id")}") { Headers = { Range = new RangeHeaderValue(4, 7) } };
        using var ranged = await desk.Http.SendAsync(part);
        ranged.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        (await ranged.Content.ReadAsByteArrayAsync()).ShouldBe(SampleFiles.Jpeg[4..8]);
        using var known = new HttpRequestMessage(HttpMethod.Get, $"/api/media/{first.Text("id")}") { Headers = { IfNoneMatch = { answer.Headers.ETag } } };
        (await desk.Http.SendAsync(known)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Theory, OnEveryDatabase]
    public async Task What_can_carry_script_is_only_offered_to_be_saved(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        foreach (var (bytes, type) in ((byte[], string)[])[(SampleFiles.Svg, "image/svg+xml"), (SampleFiles.Html, "text/html"), ("hello"u8.ToArray(), "text/plain"), ([0, 1, 2], "application/octet-stream")])
        {
            using var answer = await desk.Http.GetAsync($"/api/media/{await desk.Uploaded(bytes, "logo.png")}");
            answer.Content.Headers.ContentType!.MediaType.ShouldBe(type);
            answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
            answer.Headers.GetValues("Content-Security-Policy").ShouldBe(["sandbox; default-src 'none'"]);
        }

        using var pdf = await desk.Http.GetAsync($"/api/media/{await desk.Uploaded(SampleFiles.Pdf, "facture.pdf")}");
        pdf.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("inline");
    }

    [Theory, OnEveryDatabase]
    public async Task A_file_belongs_to_its_tenant(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var other = await DeskClient.OfAnotherTenant(relais);
        using var nobody = DeskClient.Anonymous(relais);
        var id = await desk.Uploaded(SampleFiles.Png, "a.png");
        (await other.Get($"/api/media/{id}")).Refused(404, "not_found");
        (await nobody.Get($"/api/media/{id}")).Refused(401, "unauthorised");
        (await nobody.Upload(SampleFiles.Png, "a.png")).Refused(401, "unauthorised");

        // The same bytes brought by another are another file, and both see their own name only.
        var theirs = await other.Uploaded(SampleFiles.Png, "a.png");
        theirs.ShouldNotBe(id);
        (await desk.Get($"/api/media/{theirs}")).Refused(404, "not_found");
    }

    [Theory, OnEveryDatabase]
    public async Task A_bad_upload_is_refused_with_a_sentence_and_leaves_nothing(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        (await desk.Post("/api/media", new { file = "x" })).Refused(400, "invalid");
        (await desk.Send(HttpMethod.Post, "/api/media", new MultipartFormDataContent { { new StringContent("x"), "note" } })).Refused(400, "invalid");
        (await desk.Upload([], "empty.png")).Refused(400, "invalid");
        using var cut = new ByteArrayContent(Encoding.ASCII.GetBytes("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\nabc"));
        cut.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
        (await desk.Send(HttpMethod.Post, "/api/media", cut)).Refused(400, "invalid");
        using var two = new MultipartFormDataContent { { new ByteArrayContent(SampleFiles.Png), "file", "a.png" }, { new ByteArrayContent(SampleFiles.Png), "file", "b.png" } };
        (await desk.Send(HttpMethod.Post, "/api/media", two)).Refused(400, "invalid");

        // Larger than the limit, whether it says so first or not.
        using var said = new MultipartFormDataContent { { new StreamContent(new Zeros(101_000_000 + (5 << 20)), 1 << 16), "file", "big.bin" } };
        var refused = await desk.Send(HttpMethod.Post, "/api/media", said);
        refused.Refused(413, "too_large");
        refused.Text("detail").ShouldContain("100 MB");

        var files = relais.Services.GetRequiredService<MediaFiles>();
        Directory.EnumerateFiles(files.Incoming).ShouldBeEmpty();
        (await relais.Facts.Count("SELECT count(*) FROM media")).ShouldBe(0);
    }

    [Theory, OnEveryDatabase]
    public async Task A_link_opens_one_file_for_a_day(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        using var desk = await DeskClient.SignIn(relais);
        using var nobody = DeskClient.Anonymous(relais);
        var id = await desk.Uploaded(SampleFiles.Pdf, "facture.pdf");
        var links = relais.Services.GetRequiredService<MediaLinks>();
        var link = links.For(desk.TenantId, id)!;
        link.ToString().ShouldStartWith(relais.Url + "media/");
        using (var answer = await nobody.Http.GetAsync(link))
        {
            (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(SampleFiles.Pdf);
            answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
            answer.Headers.GetValues("Content-Security-Policy").ShouldBe(["sandbox; default-src 'none'"]);
        }

        var token = link.Segments[^1];
        string[] forged = [(token[0] == 'A' ? "B" : "A") + token[1..], token[..^1], token + "A", "x", new string('A', 100), $"{desk.TenantId}.{id}.9999999999999999", "..%2f..%2fdatabase"];
        foreach (var bad in forged)
        {
            (await nobody.Get($"/media/{bad}")).Status.ShouldBe(404, bad);
        }

        (await nobody.Get($"/media/{links.For(desk.TenantId + 1, id)!.Segments[^1]}")).Status.ShouldBe(404);
        relais.Clock.Advance(TimeSpan.FromHours(25));
        (await nobody.Get(link.AbsolutePath)).Status.ShouldBe(404);
    }

    /// <summary>So many zeros, without holding them.</summary>
    private sealed class Zeros(long length) : Stream
    {
        private long left = length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var taken = (int)Math.Min(count, left);
            buffer.AsSpan(offset, taken).Clear();
            left -= taken;
            return taken;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
