using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Relais.Backups;
using Relais.Commands;
using Relais.Storage;
using Relais.Tests.Support;
using Shouldly;
using Xunit;

namespace Relais.Tests.Journeys;

/// <summary>Owners of other systems bring what they have, beside the running server, as often as they like.</summary>
public sealed class MovingIn
{
    [Theory, OnEveryDatabase]
    public async Task A_concierge_file_becomes_businesses_whose_people_choose_a_password(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var file = ConciergeDb();
        (await Imported(relais, "d", new ImportRequest(file, null, null, "d", "+33100000077", null, DryRun: true))).Code.ShouldBe(2, "one message names nobody");
        (await relais.Facts.Count("SELECT count(*) FROM tenant")).ShouldBe(1, "a dry run writes nothing");

        var (code, told) = await Imported(relais, "d", new ImportRequest(file, null, null, "d", "+33100000077", null, DryRun: false));
        code.ShouldBe(2);
        told.ShouldContain("“not a number” is no phone number");
        told.ShouldContain("faq: 1 came in");
        var azur = await relais.Facts.Count("SELECT tenant_id FROM tenant WHERE name = 'Conciergerie Azur'");
        (await relais.Facts.Query<(string, long, long, string?)>("""
            SELECT m.content, m.author, m.seq, m.ai_suggestion FROM message m JOIN conversation c ON c.tenant_id = m.tenant_id AND c.id = m.conversation_id
            JOIN contact k ON k.tenant_id = c.tenant_id AND k.id = c.contact_id WHERE k.phone = '+33611110601' AND m.tenant_id = @azur ORDER BY m.seq
            """, new { azur })).ShouldBe([("Bonjour, une table ?", 1, 1, "Avec plaisir !"), ("C'est noté.", 4, 2, null)]);
        (await relais.Facts.Count("SELECT min(created_at) FROM message WHERE tenant_id = @azur", new { azur })).ShouldBe(
            Relais.Foundation.Instants.ToMicros(new DateTimeOffset(2025, 3, 1, 9, 30, 0, TimeSpan.Zero)), "their own times");
        (await relais.Facts.Query<string>("SELECT password_hash FROM agent WHERE email LIKE '%@azur.example'")).ShouldBe([""], "no hash of theirs is ever taken");

        (await relais.Facts.Query<(string, string, string)>("SELECT title, status, priority FROM feature_request")).ShouldBe([("Mode sombre", "in_progress", "high")]);

        // The link lets them in, and the old password never does.
        var token = Regex.Match(told, "invitation#(?<token>inv_[^ \n]+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["token"].Value;
        using var nobody = DeskClient.Anonymous(relais);
        (await nobody.Post("/api/auth/login", new { email = "chef@azur.example", password = "demo123" })).Status.ShouldBe(401);
        token.ShouldNotBeEmpty();

        // Again: nothing changes, and nothing was sent to anybody.
        var before = await Rows(relais);
        (await Imported(relais, "d", new ImportRequest(file, null, null, "d", "+33100000077", null, DryRun: false))).Told.ShouldContain("4 were here already");
        (await Rows(relais)).ShouldBe(before);
        await relais.Settled();
        (await relais.Facts.Count("SELECT count(*) FROM outbox")).ShouldBe(0);
        relais.Simulator.Phone("+33611110601").Messages(relais.Meta).ShouldBeEmpty();
        File.Delete(file);
    }

    [Theory, OnEveryDatabase]
    public async Task Lines_and_tables_of_the_others_come_in_with_their_ids_and_times(DatabaseKind kind)
    {
        await using var relais = await RelaisHost.Start(kind);
        var folder = Directory.CreateTempSubdirectory("relais-moving-").FullName;
        var name = (await relais.Facts.Query<string>("SELECT name FROM tenant"))[0];

        async Task<(int Code, string Told)> Bring(string form, string? what, string text, bool dryRun = false)
        {
            var path = Path.Combine(folder, "file");
            await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
            return await Imported(relais, form, new ImportRequest(path, name, what, "old", null, "FR", dryRun));
        }

        const string contacts = """
            {"_id":{"$oid":"c1"},"name":"Amal","phoneNumber":"whatsapp:+33611110701","language":"fr","optedOut":true,"updatedAt":{"$date":"2025-02-01T00:00:00Z"},"createdAt":{"$date":"2024-05-01T10:00:00Z"}}
            {"_id":{"$oid":"c2"},"name":"Sans numéro"}
            {"_id":{"$oid":"c3"},"name":"Bilal","phoneNumber":"06 11 11 07 03"}
            """;
        (await Bring("jsonl", "contacts", contacts, dryRun: true)).Told.ShouldContain("contact: 2 would come in");
        var (code, told) = await Bring("jsonl", "contacts", contacts);
        (code, told.Contains("row 2: There is no phone number in it.", StringComparison.Ordinal)).ShouldBe((2, true), told);
        (await relais.Facts.Count("SELECT count(*) FROM contact WHERE phone = '+33611110701' AND opted_out_at IS NOT NULL")).ShouldBe(1);

        const string messages = """
            {"_id":{"$oid":"m2"},"contact":{"$oid":"c1"},"direction":"outbound","body":"Votre colis arrive demain","status":"read","createdAt":{"$date":"2025-01-02T10:05:00Z"}}
            {"_id":{"$oid":"m1"},"contact":{"$oid":"c1"},"direction":"inbound","body":"Où est mon colis ?","createdAt":{"$date":{"$numberLong":"1735812000000"}}}
            {"_id":{"$oid":"m3"},"contact":{"$oid":"nobody"},"direction":"inbound","body":"perdu"}
            """;
        (code, told) = await Bring("jsonl", "messages", messages);
        told.ShouldContain("row 3: Its contact nobody was not moved in");
        (await relais.Facts.Query<string>("SELECT content FROM message WHERE content LIKE '%olis%' ORDER BY seq")).ShouldBe(["Où est mon colis ?", "Votre colis arrive demain"]);

        (await relais.Facts.Query<(string, long?)>("SELECT content, status FROM message WHERE content LIKE '%olis%' ORDER BY seq")).ShouldBe(
            [("Où est mon colis ?", null), ("Votre colis arrive demain", 4)], "how far it got there");

        (await Bring("csv", "conversations", "id;phone_number;created_at\n7;+33611110703;2025-01-03 08:00:00\n")).Code.ShouldBe(0);
        (await Bring("csv", "conversation_events", "id,conversation_id,event_type,event_data,created_at\n1,7,menu_choice,2,2025-01-03 08:01:00\n2,7,free_input,bonjour,2025-01-03 08:02:00\n")).Code.ShouldBe(0);
        (await relais.Facts.Query<(string, string)>("SELECT type, detail FROM conversation_event WHERE type IN ('menu_choice', 'free_input') ORDER BY created_at")).ShouldBe([("menu_choice", "2"), ("free_input", "bonjour")]);
        (await Bring("csv", "orders", "id,tracking_number,phone,status,total,currency,created_at\no1,zz-9001,+33611110703,In transit,120.50,MAD,2025-01-01\no2,zz-9002,,melted,1,MAD,2025-01-01\n")).Told.ShouldContain("“melted” is no state of an order");
        (await relais.Facts.Query<(string, string, long)>("SELECT tracking_number, status, total_minor FROM customer_order WHERE tracking_number LIKE 'ZZ-%'")).ShouldBe([("ZZ-9001", "shipped", 12050)]);

        const string orders = """
            {"_id":{"$oid":"o7"},"orderNumber":"zz-9007","phone":"+33611110703","status":"delivered","total":25,"currency":"EUR","items":[{"productId":"X-1","name":"Théière","quantity":{"$numberInt":"2"},"price":"12.50"},"Emballage cadeau"]}
            {"_id":{"$oid":"o8"},"orderNumber":"zz-9008","phone":"+33611110703","status":"delivered","items":[{"name":"Tasse","quantity":"beaucoup"}]}
            {"_id":{"$oid":"o9"},"orderNumber":"zz-9009","phone":"+33611110703","status":"delivered","items":"deux tasses"}
            """;
        (await Bring("jsonl", "orders", orders, dryRun: true)).Told.ShouldContain("order: 1 would come in");
        (code, told) = await Bring("jsonl", "orders", orders);
        told.ShouldContain("row 2: “beaucoup” is no quantity.");
        told.ShouldContain("row 3: Its items “deux tasses” cannot be read: write a JSON array");
        (await relais.Facts.Query<(long, string, string, long, long?)>("""
            SELECT i.line, i.product_id, i.name, i.quantity, i.price_minor FROM customer_order_item i JOIN customer_order o ON o.tenant_id = i.tenant_id AND o.id = i.order_id
            WHERE o.tracking_number LIKE 'ZZ-%' ORDER BY i.line
            """)).ShouldBe([(1, "X-1", "Théière", 2, 1250), (2, "Emballage cadeau", "Emballage cadeau", 1, null)]);
        (await Bring("csv", "products", "sku,title,price,currency\nX-1,Théière,12.50,EUR\n")).Code.ShouldBe(0);
        (await Bring("jsonl", "faqs", """{"id":"f1","question":"Livrez-vous à Fès ?","answer":"Oui."}""")).Code.ShouldBe(0);

        var before = await Rows(relais);
        await Bring("jsonl", "messages", messages);
        (await Bring("csv", "products", "sku,title,price,currency\nX-1,Théière,12.50,EUR\n")).Told.ShouldContain("1 were here already");
        (await Rows(relais)).ShouldBe(before);
        await relais.Settled();
        using var desk = await DeskClient.SignIn(relais);
        await Eventually.Holds(async () => (await desk.Get("/api/search?q=colis")).Ok().Body.ToString().Contains("arrive demain", StringComparison.Ordinal), "old messages are found");
        (await relais.Facts.Count("SELECT count(*) FROM outbox")).ShouldBe(0);
        await Should.ThrowAsync<BackupRefusedException>(() => Bring("csv", "elephants", ""));
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<(int Code, string Told)> Imported(RelaisHost relais, string form, ImportRequest asked)
    {
        await using var beside = DatabaseAddress.Open(relais.Settings.Database!);
        await beside.Open(CancellationToken.None);
        using var told = new StringWriter();
        var code = await ImportFromCommand.Run(form, new InstallationDoor(relais.Settings, beside, ""), asked, told, CancellationToken.None);
        return (code, told.ToString());
    }

    private static Task<List<(string, long)>> Rows(RelaisHost relais) => relais.Facts.Query<(string, long)>(string.Join(" UNION ALL ",
        new[] { "tenant", "agent", "contact", "conversation", "message", "conversation_event", "faq", "product", "customer_order", "inbox", "feature_request", "moved_in" }
            .Select(t => $"SELECT '{t}', count(*) FROM {t}")));

    /// <summary>As the guide of system D documents it (sources/D-concierge.md).</summary>
    private static string ConciergeDb()
    {
        var path = Path.Combine(Path.GetTempPath(), $"concierge-{Guid.NewGuid():N}.db");
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            CREATE TABLE conciergeries (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, email TEXT UNIQUE, password_hash TEXT, created_at DATETIME DEFAULT CURRENT_TIMESTAMP);
            CREATE TABLE conversations (id INTEGER PRIMARY KEY AUTOINCREMENT, conciergerie_id INTEGER, phone_number TEXT, created_at DATETIME, last_message_at DATETIME);
            CREATE TABLE messages (id INTEGER PRIMARY KEY AUTOINCREMENT, conversation_id INTEGER, sender TEXT, message TEXT, ai_suggestion TEXT, created_at DATETIME);
            CREATE TABLE faqs (id INTEGER PRIMARY KEY AUTOINCREMENT, conciergerie_id INTEGER, question TEXT, answer TEXT, created_at DATETIME, updated_at DATETIME);
            INSERT INTO conciergeries (name, email, password_hash) VALUES
              ('Conciergerie Azur', 'chef@azur.example', 'd3ad9315b7be5dd53b31a273b3b3aba5defe700808305aa16a3062b76658a791');
            INSERT INTO conversations VALUES (1, 1, 'whatsapp:+33611110601', '2025-03-01 09:29:00', '2025-03-01 09:31:00'), (2, 1, 'not a number', '2025-03-01 09:29:00', NULL);
            INSERT INTO messages VALUES (1, 1, 'client', 'Bonjour, une table ?', 'Avec plaisir !', '2025-03-01 09:30:00'), (2, 1, 'concierge', 'C''est noté.', NULL, '2025-03-01 09:31:00'),
              (3, 2, 'client', 'perdu', NULL, '2025-03-01 09:30:00');
            CREATE TABLE feature_requests (id INTEGER PRIMARY KEY AUTOINCREMENT, conciergerie_id INTEGER, title TEXT, description TEXT, status TEXT, priority TEXT, created_at DATETIME, updated_at DATETIME);
            INSERT INTO feature_requests VALUES (1, 1, 'Mode sombre', 'Pour la nuit', 'in_progress', 'high', '2025-01-01 00:00:00', '2025-01-02 00:00:00');
            INSERT INTO faqs VALUES (1, 1, 'Wifi ?', 'Oui', '2025-01-01 00:00:00', '2025-01-02 00:00:00');
            """;
        command.ExecuteNonQuery();
        return path;
    }
}
