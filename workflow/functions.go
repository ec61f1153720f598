package workflow

import (
	"strconv"
	"strings"

	"cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"

	"hejnal/workflow/calendar"
)

// functions are what expressions may call besides CEL's own; each is total, an unreadable argument gives the zero value.
func functions() []cel.EnvOption {
	str, num := cel.StringType, cel.IntType
	return []cel.EnvOption{
		binary("plus_days", str, num, str, func(day string, n int) any { return string(date(day).PlusDays(n)) }),
		binary("plus_months", str, num, str, func(day string, n int) any { return string(date(day).PlusMonths(n)) }),
		unary("next_working_day", str, str, func(day string) any { return string(calendar.NextWorkingDay(date(day))) }),
		cel.Function("later", cel.Overload("later_dates", []*cel.Type{str, str}, str,
			cel.BinaryBinding(func(a, b ref.Val) ref.Val {
				return types.String(calendar.Max(date(textValue(a)), date(textValue(b))))
			}))),
		cel.Function("distinct", cel.Overload("distinct_texts", []*cel.Type{cel.ListType(str)}, num,
			cel.UnaryBinding(func(list ref.Val) ref.Val { return types.Int(distinct(list)) }))),
		unary("year", str, num, func(day string) any { return yearOf(date(day)) }),
		cel.Function("roman", cel.Overload("roman_int", []*cel.Type{num}, str,
			cel.UnaryBinding(func(n ref.Val) ref.Val { return types.String(Roman(intValue(n))) }))),
		unary("arabic", str, num, func(roman string) any { return int64(Arabic(roman)) }),
		unary("session_of", str, num, func(number string) any { return int64(parsed(number).Session) }),
		unary("year_of", str, num, func(number string) any {
			if n := parsed(number); n.Session != 0 {
				return int64(2000 + n.Year)
			}
			return int64(0)
		}),
		cel.Function("two_digits", cel.Overload("two_digits_int", []*cel.Type{num}, str,
			cel.UnaryBinding(func(n ref.Val) ref.Val { return types.String(twoDigits(intValue(n))) }))),
	}
}

func unary(name string, in, out *cel.Type, f func(string) any) cel.EnvOption {
	return cel.Function(name, cel.Overload(name+"_text", []*cel.Type{in}, out,
		cel.UnaryBinding(func(a ref.Val) ref.Val { return types.DefaultTypeAdapter.NativeToValue(f(textValue(a))) })))
}

func binary(name string, first, second, out *cel.Type, f func(string, int) any) cel.EnvOption {
	return cel.Function(name, cel.Overload(name+"_text_int", []*cel.Type{first, second}, out,
		cel.BinaryBinding(func(a, b ref.Val) ref.Val {
			return types.DefaultTypeAdapter.NativeToValue(f(textValue(a), intValue(b)))
		})))
}

// distinct counts the different texts of a list, without regard to case and spaces around.
func distinct(list ref.Val) int {
	items, ok := list.(traits.Lister)
	if !ok {
		return 0
	}
	seen := map[string]bool{}
	for each := items.Iterator(); each.HasNext() == types.True; {
		seen[strings.ToLower(strings.TrimSpace(textValue(each.Next())))] = true
	}
	return len(seen)
}

func textValue(value ref.Val) string {
	text, _ := value.Value().(string)
	return text
}

func intValue(value ref.Val) int {
	number, _ := value.Value().(int64)
	return int(number)
}

func date(text string) calendar.Date {
	if text == "" {
		return ""
	}
	day, err := calendar.Parse(text)
	if err != nil {
		return ""
	}
	return day
}

func yearOf(day calendar.Date) int64 {
	if day == "" {
		return 0
	}
	year, err := strconv.ParseInt(string(day[:4]), 10, 64)
	if err != nil {
		return 0
	}
	return year
}

func parsed(number string) ResolutionNumber {
	n, ok := ParseResolutionNumber(number)
	if !ok {
		return ResolutionNumber{}
	}
	return n
}
