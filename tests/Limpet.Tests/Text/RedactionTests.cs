using System.Diagnostics;
using Limpet.Text;

namespace Limpet.Tests.Text;

public sealed class RedactionTests
{
    [Theory]
    [InlineData("--password=hunter2", "--password=***")]
    [InlineData("--password=hun,ter\"2; x", "--password=***")]
    [InlineData("--password hunter2", "--password ***")]
    [InlineData("--db-password hunter2 --port 80", "--db-password *** --port 80")]
    [InlineData("--api-key sk_live_1", "--api-key ***")]
    [InlineData("--apikey=1 --token=2", "--apikey=*** --token=***")]
    [InlineData("MY_SECRET=hunter2 ./run", "MY_SECRET=*** ./run")]
    [InlineData("/p:SigningKeyPassword=hunter2", "/p:SigningKeyPassword=***")]
    [InlineData("-p:Token=hunter2", "-p:Token=***")]
    [InlineData("ConnectionStrings__Db=Server=x;User=u;Pwd=hunter2", "ConnectionStrings__Db=***")]
    [InlineData("-u bob:hunter2", "-u ***")]
    [InlineData("-c Release", "-c Release")]
    [InlineData("--urls http://localhost:5000", "--urls http://localhost:5000")]
    [InlineData("--password --verbose", "--password --verbose")]
    [InlineData("--PASSWORD=hunter2", "--PASSWORD=***")]
    [InlineData("--to\u212Aen=hunter2", "--to\u212Aen=***")]
    public void CommandLine_Secrets_AreHidden(string words, string shown)
    {
        // A word with a space inside is one word of the vector.
        string[] vector = words.Contains("; ", StringComparison.Ordinal) ? [words] : words.Split(' ');
        Assert.Equal(shown, string.Join(' ', Redaction.CommandLine(vector)));
    }

    [Theory]
    [InlineData("curl -H 'Authorization: Bearer abc.def' http://x/", "curl -H 'Authorization: ***' http://x/")]
    [InlineData("curl -H \"Cookie: a=1; b=2\" x", "curl -H \"Cookie: ***\" x")]
    [InlineData("https://bob:hun@ter2@host/path?q=1", "https://***@host/path?q=1")]
    [InlineData("https://token@host/", "https://***@host/")]
    [InlineData("http://host/a?access_token=abc&page=2", "http://host/a?access_token=***&page=2")]
    [InlineData("http://host/a?key=abc#top", "http://host/a?key=***#top")]
    [InlineData("http://host/a?sig=a%2Bb&se=1", "http://host/a?sig=***&se=1")]
    [InlineData("{\"password\": \"hun\\\"ter2\", \"user\": \"bob\"}", "{\"password\": ***, \"user\": \"bob\"}")]
    [InlineData("Server=db;User Id=sa;Password=hunter2;Encrypt=true", "Server=db;User Id=sa;Password=***;Encrypt=true")]
    [InlineData("AccountKey=abc==;x", "AccountKey=***;x")]
    [InlineData("login --password 'hunter 2' now", "login --password *** now")]
    [InlineData("got eyJhbGciOi.eyJzdWIi.c2ln here", "got *** here")]
    [InlineData("ghp_abcdefghijklmnopqrstuvwxyz012345", "***")]
    [InlineData("Orders for keyboard sent to author", "Orders for keyboard sent to author")]
    public void Text_Secrets_AreHidden(string text, string shown) => Assert.Equal(shown, Redaction.Text(text));

    [Theory]
    [InlineData("Authorization", "Basic Zm9v", "***")]
    [InlineData("X-Api-Key", "abc", "***")]
    [InlineData("Cookie", "a=b", "***")]
    [InlineData("Accept", "application/json", "application/json")]
    public void Header_Secrets_AreHidden(string name, string value, string shown) => Assert.Equal(shown, Redaction.Header(name, value));

    [Fact]
    public void EnvironmentValue_Any_IsHidden()
    {
        Assert.Equal("***", Redaction.EnvironmentValue("harmless"));
        Assert.Equal("", Redaction.EnvironmentValue(""));
    }

    [Fact]
    public void Text_TooLong_IsCutAndCounted() =>
        Assert.Equal(new string('a', Redaction.MostCharacters) + "… (13 more)", Redaction.Text(new string('a', Redaction.MostCharacters) + "token=hunter2"));

    [Theory]
    [InlineData("password")]
    [InlineData("a://")]
    [InlineData("\"\\")]
    [InlineData("--token ")]
    [InlineData("?key=")]
    [InlineData("eyJa.")]
    [InlineData("a")]
    [InlineData("-a ")]
    public void Text_HostileRepetition_IsFast(string part)
    {
        string text = string.Concat(Enumerable.Repeat(part, 200_000 / part.Length));
        long start = Stopwatch.GetTimestamp();

        Redaction.Text(text);

        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10), $"took {Stopwatch.GetElapsedTime(start)}");
    }
}
