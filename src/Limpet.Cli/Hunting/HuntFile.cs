using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Limpet.Cli.Hunting.Options;
using Limpet.Results;
using Limpet.Text;

namespace Limpet.Cli.Hunting;

/// <summary>
/// Reads a hunt file: the words of the command line as JSON, comments and trailing commas allowed. Read token by token, because every error
/// has to say its line and column.
/// </summary>
internal ref struct HuntFile
{
    private const int LargestBytes = 1 << 20;

    private readonly ReadOnlySpan<byte> _utf8;
    private readonly string _name;
    private Utf8JsonReader _reader;

    private HuntFile(ReadOnlySpan<byte> utf8, string name)
    {
        _utf8 = utf8;
        _name = name;
        _reader = new Utf8JsonReader(utf8, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 8 });
    }

    /// <summary>Reads the file's words.</summary>
    /// <exception cref="LimpetException">The file cannot be read, or says something that a hunt does not know; the message has the line and column.</exception>
    public static HuntDraft Read(string path)
    {
        byte[] bytes;
        try
        {
            FileInfo file = new(path);
            if (file.Exists && file.Length > LargestBytes)
            {
                throw new LimpetException($"{Escaping.Show(path)} has {new ByteSize(file.Length)}, which is more than a hunt file may have ({new ByteSize(LargestBytes)}). Is it the right file?");
            }

            bytes = File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new LimpetException($"There is no hunt file {Escaping.Show(path)}. Give the path of one, or a driver and a command: limpet hunt --url http://localhost:5000/ -- dotnet run", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new LimpetException($"Hunt file {Escaping.Show(path)} cannot be read: {exception.Message} Make it readable for this user.", exception);
        }

        return Parse(bytes, path);
    }

    /// <summary>Reads the words of a file whose bytes are at hand.</summary>
    public static HuntDraft Parse(ReadOnlySpan<byte> utf8, string path)
    {
        ReadOnlySpan<byte> mark = Encoding.UTF8.Preamble;
        HuntFile file = new(utf8.StartsWith(mark) ? utf8[mark.Length..] : utf8, Escaping.Show(Path.GetFileName(path)));
        HuntDraft draft = new() { File = path };
        try
        {
            file.ReadWords(draft);
        }
        catch (JsonException exception)
        {
            throw file.NotJson(exception);
        }

        return draft;
    }

    private void ReadWords(HuntDraft draft)
    {
        _reader.Read();
        Expect(JsonTokenType.StartObject, "the file", "an object: { \"command\": [\"dotnet\", \"run\"], \"url\": \"http://localhost:5000/\" }");
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = _reader.GetString()!;
            TextPosition at = Position();
            if (key == "$schema")
            {
                _reader.Read();
                _ = Text(key);
                continue;
            }

            HuntWord word = HuntWord.Find(key) ?? throw Unknown(key);
            if (draft.Words.ContainsKey(key))
            {
                throw Error($"{key} is given twice. Keep one of them.");
            }

            _reader.Read();
            draft.State(key, Value(word), $"{_name}{at}: {key}");
        }

        if (_reader.Read())
        {
            throw Error("there is more after the end of the object. Remove it.");
        }
    }

    private object Value(HuntWord word) => word.Kind switch
    {
        WordKind.Text => Text(word.Key),
        WordKind.Texts when _reader.TokenType == JsonTokenType.String => ImmutableArray.Create(Text(word.Key)),
        WordKind.Texts => List(word.Key, "a text or a list of texts"),
        WordKind.Words => List(word.Key, "a list of words: [\"dotnet\", \"run\"]"),
        WordKind.Map => Map(word.Key),
        WordKind.Number => Number(word.Key),
        WordKind.Flag => Flag(word.Key),
        WordKind.Duration => Duration(word),
        _ => throw new InvalidOperationException($"Bug in limpet: a hunt file cannot hold a {word.Kind}."),
    };

    private string Text(string key)
    {
        Expect(JsonTokenType.String, key, "a text in double quotes");
        return String();
    }

    private string String()
    {
        try
        {
            string text = _reader.GetString()!;
            return text.Contains('\0', StringComparison.Ordinal) ? throw Error("the text holds a zero character, which no command line or request can carry. Remove it.") : text;
        }
        catch (InvalidOperationException exception)
        {
            throw Error("the text is no valid Unicode. Save the file as UTF-8.", exception);
        }
    }

    private ImmutableArray<string> List(string key, string expected)
    {
        Expect(JsonTokenType.StartArray, key, expected);
        ImmutableArray<string>.Builder list = ImmutableArray.CreateBuilder<string>();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            Expect(JsonTokenType.String, $"{key}[{list.Count}]", "a text in double quotes");
            list.Add(String());
        }

        return list.ToImmutable();
    }

    private ImmutableArray<KeyValuePair<string, string>> Map(string key)
    {
        Expect(JsonTokenType.StartObject, key, "an object of texts: { \"NAME\": \"value\" }");
        ImmutableArray<KeyValuePair<string, string>>.Builder map = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = String();
            if (name.Length == 0 || name.AsSpan().ContainsAny("=:\r\n "))
            {
                throw Error($"{key} has the name \"{Escaping.Show(name, 60)}\", which is none. Write it without space, = and :.");
            }

            if (map.Any(pair => pair.Key == name))
            {
                throw Error($"{key} has the name {Escaping.Show(name, 60)} twice. Keep one of them.");
            }

            _reader.Read();
            Expect(JsonTokenType.String, $"{key}.{Escaping.Show(name, 60)}", "a text in double quotes");
            map.Add(new(name, String()));
        }

        return map.ToImmutable();
    }

    private long Number(string key)
    {
        Expect(JsonTokenType.Number, key, "a whole number");
        return _reader.TryGetInt64(out long number) ? number : throw WrongType(key, "a whole number");
    }

    private bool Flag(string key) =>
        _reader.TokenType is JsonTokenType.True or JsonTokenType.False ? _reader.GetBoolean() : throw WrongType(key, "true or false");

    private TimeSpan Duration(HuntWord word)
    {
        string expected = DurationText.Expected(word.MayBeZero, " in double quotes");
        Expect(JsonTokenType.String, word.Key, expected);
        return DurationText.TryParse(String(), out TimeSpan duration, word.MayBeZero) ? duration : throw WrongType(word.Key, expected);
    }

    private readonly void Expect(JsonTokenType token, string what, string expected)
    {
        if (_reader.TokenType != token)
        {
            throw WrongType(what, expected);
        }
    }

    private readonly LimpetException WrongType(string what, string expected)
    {
        string value = _reader.TokenType switch
        {
            JsonTokenType.StartObject => "an object",
            JsonTokenType.StartArray => "a list",
            _ => Escaping.Show(Encoding.UTF8.GetString(_utf8[(int)_reader.TokenStartIndex..(int)_reader.BytesConsumed]), 60),
        };
        return Error($"{what} is {value}, and must be {expected}.");
    }

    private readonly LimpetException Unknown(string key)
    {
        string? nearest = NearestName.Of(key, HuntWord.All.Select(word => word.Key));
        return Error(
            $"\"{Escaping.Show(key, 60)}\" is no word of a hunt. "
            + (nearest is null ? $"Known are {string.Join(", ", HuntWord.All.Select(word => word.Key))}." : $"Did you mean \"{nearest}\"?"));
    }

    private readonly LimpetException NotJson(JsonException exception)
    {
        // The reader counts lines and bytes from 0.
        long start = 0;
        for (long line = exception.LineNumber ?? 0; line > 0; line--)
        {
            start += _utf8[(int)start..].IndexOf((byte)'\n') + 1;
        }

        TextPosition at = TextPosition.Of(_utf8, start + (exception.BytePositionInLine ?? 0));
        string fact = exception.Message.Split(" LineNumber:")[0].TrimEnd();
        return new LimpetException($"{_name}{at}: this is no JSON: {Escaping.Show(fact)} Correct it there or just before.", exception);
    }

    private readonly LimpetException Error(string message, Exception? inner = null) =>
        new(Trouble.BadInput, $"{_name}{Position()}: {message}", inner);

    private readonly TextPosition Position() => TextPosition.Of(_utf8, _reader.TokenStartIndex);
}
