"""M015 heading-jump: off by default, and what is found where it is on."""

from __future__ import annotations

from dlcards.model import Config
from tests.support.documents import causes, md, places

M015 = Config(select=("M015",))


def test_one_style_of_headings_is_one_cause() -> None:
    text = md("""
        ## #1

        #### 질문은?

        글

        ## #2

        #### 다른 질문은?

        ###### 아주 작은 제목
    """)
    assert places(text, "M015", Config()) == []
    assert causes(text, "M015", M015) == ["2-4", "2-4", "4-6"]
    assert places("# 가\n\n## 나\n\n### 다\n\n# 라\n\n## 마\n", "M015", M015) == []
    assert places("### 가\n\n#### 나\n\n- # 다\n\n  ### 라\n", "M015", M015) == []
