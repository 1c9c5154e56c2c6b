using System.Collections.Immutable;

namespace Limpet.Heap.Holders;

/// <summary>
/// Takes runtime type names apart: the spelling of diagnostics (<c>List&lt;System.String&gt;+Enumerator</c>) and that of reflection
/// (<c>List`1[[System.String, mscorlib]]</c>). A name that is neither, or is nested deeper than anyone writes, is no error: it is
/// given back whole.
/// </summary>
internal sealed class TypeNameParser
{
    private const int DepthLimit = 200;
    private readonly string text;
    private int at;

    private TypeNameParser(string text) => this.text = text;

    private char Current => at < text.Length ? text[at] : '\0';

    public static TypeName? Parse(string text)
    {
        TypeNameParser parser = new(text);
        TypeName? name = parser.Type(0);
        return parser.at == text.Length ? name : null;
    }

    private TypeName? Type(int depth)
    {
        if (depth > DepthLimit)
        {
            return null;
        }

        var parts = ImmutableArray.CreateBuilder<TypeNamePart>();
        List<int> arities = [];
        do
        {
            at += parts.Count > 0 ? 1 : 0;
            if (Identifier() is not { } name || (Current == '<' ? Arguments('<', '>', depth) : []) is not { } arguments)
            {
                return null;
            }

            parts.Add(new TypeNamePart(name.Name, arguments));
            arities.Add(name.Arity);
        }
        while (Current == '+' || (Current == '.' && text[at - 1] == '>'));

        if (Current == '[' && at + 1 < text.Length && text[at + 1] is not (']' or ',' or '*'))
        {
            if (Arguments('[', ']', depth) is not { } arguments)
            {
                return null;
            }

            Distribute(parts, arities, arguments);
        }

        return new TypeName(parts.DrainToImmutable(), Suffix());
    }

    /// <summary>Reflection writes the arguments of all nested types together, behind the innermost.</summary>
    private static void Distribute(ImmutableArray<TypeNamePart>.Builder parts, List<int> arities, ImmutableArray<TypeName> arguments)
    {
        for (int part = 0; part < parts.Count && arguments.Length > 0; part++)
        {
            int take = Math.Min(part == parts.Count - 1 ? arguments.Length : arities[part], arguments.Length);
            parts[part] = parts[part] with { Arguments = arguments[..take] };
            arguments = arguments[take..];
        }
    }

    private (string Name, int Arity)? Identifier()
    {
        int start = at;
        if (Current == '<')
        {
            int close = GeneratedName.CloseOf(text, at);
            if (close < 0)
            {
                return null;
            }

            at = close + 1;
        }

        while (at < text.Length && text[at] is not ('<' or '>' or ',' or '[' or ']' or '+' or '`'))
        {
            at++;
            if (text[at - 1] == '.' && Current == '<')
            {
                return null;
            }
        }

        string name = text[start..at].Trim();
        int arity = 0;
        if (Current == '`')
        {
            for (at++; char.IsAsciiDigit(Current); at++)
            {
                arity = Math.Min((arity * 10) + (Current - '0'), 10_000);
            }
        }

        return name.Length == 0 ? null : (name, arity);
    }

    private ImmutableArray<TypeName>? Arguments(char open, char close, int depth)
    {
        var arguments = ImmutableArray.CreateBuilder<TypeName>();
        do
        {
            at++;
            SkipSpaces();
            bool qualified = open == '[' && Current == '[';
            at += qualified ? 1 : 0;
            if (Type(depth + 1) is not { } argument)
            {
                return null;
            }

            arguments.Add(argument);
            if (qualified)
            {
                SkipAssembly();
            }

            SkipSpaces();
        }
        while (Current == ',');

        if (Current != close)
        {
            return null;
        }

        at++;
        return arguments.DrainToImmutable();
    }

    private void SkipSpaces()
    {
        while (Current == ' ')
        {
            at++;
        }
    }

    private void SkipAssembly()
    {
        while (at < text.Length && text[at] != ']')
        {
            at++;
        }

        at += Current == ']' ? 1 : 0;
    }

    private string Suffix()
    {
        int start = at;
        while (Current is '[' or '*' or '&')
        {
            at++;
            while (at > start && text[at - 1] != ']' && Current is ',' or '*' or ']')
            {
                at++;
            }
        }

        return text[start..at];
    }
}
