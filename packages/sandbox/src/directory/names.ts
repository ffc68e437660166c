/**
 * Names as people write them, each with the spelling that its login uses: a userPrincipalName allows only
 * `A-Z a-z 0-9 ' . - _ ! # ^ ~`. The odd ones are there on purpose: apostrophes, combining marks that are not
 * composed, dotted and dotless i, sharp s, right-to-left scripts, code points beyond U+FFFF, names of one letter.
 */
export interface Name {
  readonly written: string;
  readonly login: string;
  readonly lowerCaseLogin: string;
  /** `written` in UTF-8. Needs no escape in JSON. */
  readonly encoded: Uint8Array;
}

export interface NamePool {
  /** How many of a hundred people. */
  readonly share: number;
  readonly language: string;
  readonly given: readonly Name[];
  readonly surnames: readonly Name[];
  /** Family name first, no blank between. */
  readonly joined?: boolean | undefined;
}

const encoder = new TextEncoder();

/** Blank-separated `written/login` pairs; an underscore is a blank within a name. */
function names(text: string): readonly Name[] {
  return text.split(' ').map((pair) => {
    const [written, login] = pair.split('/');
    const name = written!.replaceAll('_', ' ');
    return {
      written: name,
      login: login ?? written!,
      lowerCaseLogin: (login ?? written!).toLowerCase(),
      encoded: encoder.encode(name),
    };
  });
}

export const namePools: readonly NamePool[] = [
  {
    share: 40,
    language: 'en-US',
    given: names(
      "Ada Grace Alan Edsger Barbara Ken Dennis Margaret Donald Frances Sean Siobhan O'Neal X Mary-Jane D'Arcy Katherine Linus Radia Tim",
    ),
    surnames: names(
      "Lovelace Hopper Turing O'Brien O'Connor D'Angelo Smith Smith-Jones Liskov Thompson Ritchie Hamilton Knuth Allen McDonald de_la_Cruz Ng Y Perlman Berners-Lee",
    ),
  },
  {
    share: 12,
    language: 'de-DE',
    given: names(
      'Jürgen/Juergen Günther/Guenther Käthe/Kaethe Jörg/Joerg Anna Ulrich Zoë/Zoe Björn/Bjorn',
    ),
    surnames: names(
      'Müller/Mueller Weiß/Weiss Groß/Gross Schröder/Schroeder Löwe/Loewe Straße/Strasse Bauer Ångström/Angstrom',
    ),
  },
  {
    share: 8,
    language: 'fr-FR',
    // The accents of Hélène and Chloé are combining marks (NFD): equal to the eye, not to the byte.
    given: names(
      'He\u0301le\u0300ne/Helene Chloe\u0301/Chloe François/Francois Éloïse/Eloise Noël/Noel Jean-Luc Maëlys/Maelys',
    ),
    surnames: names(
      "Lefèvre/Lefevre D'Aubigné/D'Aubigne Brûlé/Brule Œuvrard/Oeuvrard L'Écuyer/L'Ecuyer Garçon/Garcon",
    ),
  },
  {
    share: 8,
    language: 'es-ES',
    given: names('José/Jose María/Maria Íñigo/Inigo Begoña/Begona Ángel/Angel Núria/Nuria'),
    surnames: names('Muñoz/Munoz Núñez/Nunez Ibáñez/Ibanez Peña/Pena García/Garcia Güell/Guell'),
  },
  {
    share: 4,
    language: 'tr-TR',
    given: names('İrem/Irem Işıl/Isil Çağla/Cagla Şükrü/Sukru Ümit/Umit'),
    surnames: names('Yılmaz/Yilmaz Öztürk/Ozturk Kılıç/Kilic Şahin/Sahin Güneş/Gunes'),
  },
  {
    share: 3,
    language: 'vi-VN',
    given: names('Thị/Thi Đức/Duc Hường/Huong Quỳnh/Quynh'),
    surnames: names('Nguyễn/Nguyen Trần/Tran Phạm/Pham Đặng/Dang'),
  },
  {
    share: 5,
    language: 'ru-RU',
    given: names('Анна/Anna Борис/Boris Ольга/Olga Юрий/Yuri Фёдор/Fyodor Наталья/Natalya'),
    surnames: names(
      'Иванова/Ivanova Чехов/Chekhov Щербаков/Shcherbakov Ёлкин/Yolkin Толстая/Tolstaya',
    ),
  },
  {
    share: 2,
    language: 'el-GR',
    given: names('Ελένη/Eleni Γιώργος/Giorgos Σοφία/Sofia'),
    surnames: names('Παπαδόπουλος/Papadopoulos Ωνάσης/Onassis Χατζής/Hatzis'),
  },
  {
    share: 4,
    language: 'ar-SA',
    given: names('محمد/Mohammed فاطمة/Fatima أحمد/Ahmed ليلى/Layla'),
    surnames: names('الخوارزمي/Alkhwarizmi حسن/Hassan العلي/Alali ابن‌سينا/Ibnsina'),
  },
  {
    share: 2,
    language: 'he-IL',
    given: names('נועה/Noa דוד/David שירה/Shira'),
    surnames: names('כהן/Cohen לוי/Levi מזרחי/Mizrahi'),
  },
  {
    share: 4,
    language: 'zh-CN',
    joined: true,
    given: names('伟/Wei 芳/Fang 秀英/Xiuying 娜/Na 强/Qiang'),
    surnames: names('王/Wang 李/Li 张/Zhang 欧阳/Ouyang 𡈽/Tu'),
  },
  {
    share: 3,
    language: 'ja-JP',
    joined: true,
    given: names('太郎/Taro 花子/Hanako さくら/Sakura ジョン/John'),
    surnames: names('𠮷田/Yoshida 佐藤/Sato 髙橋/Takahashi 渡邉/Watanabe'),
  },
  {
    share: 2,
    language: 'ko-KR',
    joined: true,
    given: names('서연/Seoyeon 민준/Minjun 지우/Jiwoo'),
    surnames: names('김/Kim 이/Lee 박/Park'),
  },
  {
    share: 2,
    language: 'hi-IN',
    given: names('प्रिया/Priya अर्जुन/Arjun श्री/Shri'),
    surnames: names('शर्मा/Sharma कृष्णन/Krishnan त्रिवेदी/Trivedi'),
  },
  {
    share: 1,
    language: 'th-TH',
    given: names('สมชาย/Somchai น้ำฝน/Namfon'),
    surnames: names('ศรีสุข/Srisuk ทองดี/Thongdee'),
  },
];

/** Ends of a few display names, as people have them: emoji of one, two and seven code points, marks, scripts mixed. */
export const flourishes: readonly string[] = [
  ' 🚀',
  ' 👩🏽‍💻',
  ' 👨‍👩‍👧‍👦',
  ' (she/her)',
  ', PhD',
  ' "Ace"',
  ' \\ Ops',
  ' <EMEA>',
  ' & Co.',
  ' 🇳🇿',
];
